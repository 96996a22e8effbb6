"""Lets Chinese be typed where only fcitx 4 is there: its portal on the session bus answers for Qt's missing plugin.

Qt's wheels bring the ibus plugin and none for fcitx. fcitx 5 also speaks ibus; fcitx 4 (UOS 20, Kylin V10) owns nothing
but `org.freedesktop.portal.Fcitx`. This is the one place of the desk that opens a socket: the session bus of the same
laptop, in a thread of its own. Keys are held while the portal thinks, one at a time and in order, and go to the field
when it does not want them, does not answer, or is gone.
"""

from village_desk.widgets.fcitx.bridge import PortalBridge
from village_desk.widgets.fcitx.choice import bus_address, prepare

__all__ = ["PortalBridge", "bus_address", "prepare"]
