"""Who is told of every event, wherever he is? Webhooks: an address, a filter, a secret.

    added = engine.webhooks().add("https://receiver.example.org/kvob", types=("covenant-signed",))
    added.secret     # shown once
    engine.start()   # delivers by itself; or engine.deliver_webhooks() where you please

At least once, in order, signed; only events of estates within the reach of who subscribed. See
README.md here, also for the receiver's side. Read next: `subscribing`, `courier`, `networks`.
"""

from kvob_workflow.webhooks.outlet import Outlet
from kvob_workflow.webhooks.subscription import Added, FailedEvent, Pinged, Webhook

__all__ = ["Added", "FailedEvent", "Outlet", "Pinged", "Webhook"]
