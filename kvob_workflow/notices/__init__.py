"""How do notices leave? Collected from the events, kept as deliveries, sent at least once.

    dispatcher = Dispatcher(store, [LogNotifier()], [Recipient("Gemeente Baarn")])
    dispatcher.run_once()

Knows no engine: it reads a store that somebody else writes. Read next: `dispatcher`, then
`notifier` (what a channel of one's own must do) and `domain/decisions/0015`.
"""

from kvob_workflow.notices.command import CommandNotifier
from kvob_workflow.notices.config import NoticesConfig, read_notices_file
from kvob_workflow.notices.digest import Digest, Notice
from kvob_workflow.notices.dispatcher import Dispatcher, DispatchReport
from kvob_workflow.notices.errors import (
    ChannelFull,
    CommandFailed,
    DeliveryNotFound,
    MailFailed,
    NoticesFileInvalid,
    NoticesFileUnreadable,
    NotifierHangs,
    RecipientGone,
)
from kvob_workflow.notices.mail import MailNotifier
from kvob_workflow.notices.notifier import LogNotifier, Notifier
from kvob_workflow.notices.recipients import Recipient

__all__ = [
    "ChannelFull",
    "CommandFailed",
    "CommandNotifier",
    "DeliveryNotFound",
    "Digest",
    "DispatchReport",
    "Dispatcher",
    "LogNotifier",
    "MailFailed",
    "MailNotifier",
    "Notice",
    "NoticesConfig",
    "NoticesFileInvalid",
    "NoticesFileUnreadable",
    "Notifier",
    "NotifierHangs",
    "Recipient",
    "RecipientGone",
    "read_notices_file",
]
