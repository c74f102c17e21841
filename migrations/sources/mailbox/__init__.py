"""A shared inbox: mbox files, Gmail's Takeout, or a Maildir."""

from migrations.sources.mailbox.source import MailboxSource

SOURCE = MailboxSource()
