"""The ways out of the portal. Each is a file with a class, opened by the app when it starts."""

from portal.notifications.channels.base import Channel

_channels: dict[str, Channel] = {}


def open_channel(channel: Channel) -> None:
    _channels[channel.code] = channel


def channels() -> list[Channel]:
    return list(_channels.values())


def channel_named(code: str) -> Channel | None:
    return _channels.get(code)
