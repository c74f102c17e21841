#!/usr/bin/env bash
# golive at work, from nothing to drift and back. Everything it shows is what really happens.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
place=$(mktemp -d)
cd "$place"
export COLUMNS=${COLUMNS:-110}

say() { printf '\n\033[1m# %s\033[0m\n' "$*"; }
run() { printf '\033[36m$ %s\033[0m\n' "$*"; "$@"; }
finish() { golive -C "$place/acme" sandbox stop >/dev/null 2>&1 || true; rm -rf "$place"; }
trap finish EXIT

say "A workspace with the reference client, a payments company"
run golive init acme --example
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
sed -i.before "s/127\.0\.0\.1:[0-9]*/127.0.0.1:$port/g" acme/stacks/Pulumi.sandbox.yaml && rm acme/stacks/*.before
cd acme

say "Helpdesk, CRM and Slack on this machine"
run golive sandbox start

say "Are the files right? (offline)"
run golive validate

say "What would be set up?"
run golive plan

say "Set it up"
run golive up --yes | tail -n 4

say "And again: nothing is left to do"
run golive plan | tail -n 2

say "Somebody changes two things by hand in Zendesk"
python3 "$here/by_hand.py" "http://127.0.0.1:$port"
run golive drift

say "Put them right"
run golive up --yes | tail -n 2

say "One line of YAML changes: Enterprise's first reply"
python3 "$here/one_line.py" config/slas.yaml
run golive plan
run golive up --yes | tail -n 2

say "The client's old inbox comes over: read, sent past all rules, compared"
run golive migrate extract old_inbox
run golive migrate run old_inbox --yes | tail -n 5
run golive migrate verify old_inbox
