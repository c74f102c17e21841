"""The help centre as readers find it: how many articles are published, for whom, how old, and whether they help."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated, Any

from pydantic import Field

from checklists.facts import Facts, NotKnown
from checklists.moments import moment
from checklists.probes.base import Answer, Probe
from config.duration import Duration, minutes
from config.model import Model, none_unless_given, required
from config.progress import progress_of
from config.results.standing import LiveObject
from config.words import counted, some

Count = Annotated[int, Field(ge=0)]


def published(facts: Facts) -> list[LiveObject]:
    """The live articles that are no drafts, whoever has written them. Raises NotKnown."""
    standing = facts.standing.known()
    if "articles" not in standing.listed:
        why = next(iter(standing.not_read.values()), "no article is declared, so that none was looked for")
        raise NotKnown(f"The articles of the help centre were not read: {why}.")
    return [each for each in standing.of("articles") if each.facts.get("published")]


class Articles(Probe):
    """So many articles are published, of all or with a label."""

    name = "articles"
    looks_at = ("standing",)

    class Parameters(Model):
        """How many."""

        label: str | None = none_unless_given(description="Only those with this label; without it all of them.")
        at_least: Count | None = none_unless_given(description="How many at least.")
        warn_below: Count | None = none_unless_given(description="How many would be better.")
        at_most: Count | None = none_unless_given(description="How many are advised at most.")

    def answer(self, given: Any, facts: Facts) -> Answer:
        found = [each for each in published(facts) if given.label is None or given.label in each.facts["labels"]]
        which = f" with the label {given.label}" if given.label else ""
        numbers = {"published": len(found)}
        looked_at = sorted(each.id for each in found)
        said = f"{counted(len(found), 'article')}{which} {'is' if len(found) == 1 else 'are'} published"
        if given.at_least is not None and len(found) < given.at_least:
            return Answer("fail", f"{said}; {given.at_least} are asked.", numbers, looked_at)
        if given.warn_below is not None and len(found) < given.warn_below:
            return Answer("warn", f"{said}; {given.warn_below} would be better.", numbers, looked_at)
        if given.at_most is not None and len(found) > given.at_most:
            return Answer("warn", f"{said}; {given.at_most} at most are advised.", numbers, looked_at)
        return Answer("pass", f"{said}.", numbers, looked_at)


class ArticleAge(Probe):
    """Somebody has looked at every published article in so long a time: saving one without a change counts."""

    name = "article_age"
    looks_at = ("standing",)

    class Parameters(Model):
        """How old."""

        at_most: Duration = required(description="How long ago the last look may be.")

    def answer(self, given: Any, facts: Facts) -> Answer:
        last = {each.name: str(each.facts.get("edited_at") or "") for each in published(facts)}
        since = facts.now - timedelta(minutes=minutes(given.at_most))
        old = sorted(name for name, at in last.items() if not at or moment(at) < since)
        numbers = {"published": len(last), "old": len(old)}
        if not last:
            return Answer("fail", "No article is published.", numbers, old)
        if old:
            return Answer(
                "fail", f"Nobody has looked at them for more than {given.at_most}: {some(old)}.", numbers, old
            )
        return Answer("pass", f"No article is older than {given.at_most}.", numbers, old)


class ArticlesOpen(Probe):
    """Whoever looks for an answer needs no password for it: no published article asks customers to sign in, but for
    those that say why. What only the team reads is no answer."""

    name = "articles_open"
    looks_at = ("configuration", "standing")

    def answer(self, given: Any, facts: Facts) -> Answer:
        declared = facts.configuration.known().declaration.of("articles")
        closed = []
        for each in published(facts):
            item = declared.get(each.ours.partition("/")[2]) if each.ours else None
            if each.facts.get("open"):
                continue
            if item is None or (item.value.vendor.get("zendesk", {}).get("user_segment") and not item.value.why):
                closed.append(each.name)
        closed.sort()
        if closed:
            return Answer("fail", f"Not everybody can read {some(closed)}.", {"closed": len(closed)}, closed)
        return Answer("pass", "Everybody can read what is written for customers.", {"closed": 0}, closed)


class ArticlePictures(Probe):
    """Which share of the published articles shows a picture. For information."""

    name = "article_pictures"
    looks_at = ("standing",)

    def answer(self, given: Any, facts: Facts) -> Answer:
        found = published(facts)
        shown = sorted(each.id for each in found if each.facts.get("pictures"))
        numbers = {"published": len(found), "with_pictures": len(shown)}
        said = f"{len(shown)} of {counted(len(found), 'article')} {'shows' if len(shown) == 1 else 'show'} a picture."
        return Answer("pass" if shown else "warn", said, numbers, shown)


class ArticleFeedback(Probe):
    """Readers can say whether an article has helped. Only the theme knows whether they are asked, so that somebody
    has to have answered once."""

    name = "article_feedback"
    looks_at = ("standing",)

    def answer(self, given: Any, facts: Facts) -> Answer:
        votes = sum(int(each.facts.get("votes") or 0) for each in published(facts))
        if not votes:
            said = "Nobody has voted on any article yet: open one as a customer would, and vote."
            return Answer("fail", said, {"votes": 0}, [])
        return Answer("pass", f"Readers have voted {counted(votes, 'time')}.", {"votes": votes}, [bool(votes)])


class BotReady(Probe):
    """A bot has enough to answer from, and comes late enough."""

    name = "bot_ready"
    looks_at = ("standing", "log")

    class Parameters(Model):
        """How much, and when."""

        articles: Count = required(description="How many articles are published at least.")
        day: Count = required(description="The day after the rollout on which it may begin.")

    def answer(self, given: Any, facts: Facts) -> Answer:
        count = len(published(facts))
        began = progress_of(facts.log).since.get("rollout", "")
        day = (facts.now - moment(began)).days if began else 0
        numbers = {"published": count, "day": day}
        if count < given.articles:
            said = f"{counted(count, 'article')} to answer from; {given.articles} are asked."
            return Answer("fail", said, numbers, [count >= given.articles, began])
        if not began or day < given.day:
            return Answer(
                "fail", f"It is day {day} after the rollout; day {given.day} is asked.", numbers, [True, began]
            )
        return Answer("pass", f"{count} articles, day {day} after the rollout.", numbers, [True, began])
