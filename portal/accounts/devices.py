"""What a browser says of itself, in the reader's words: “Chrome trên điện thoại Android”."""

# The first that is found wins: most browsers also call themselves by the names of others.
_BROWSERS = [
    ("Zalo", "Zalo"), ("coc_coc_browser", "Cốc Cốc"), ("SamsungBrowser", "Trình duyệt Samsung"), ("Edg", "Edge"),
    ("OPR/", "Opera"), ("Firefox", "Firefox"), ("FxiOS", "Firefox"), ("CriOS", "Chrome"), ("Chrome", "Chrome"),
    ("Safari", "Safari"),
]  # fmt: skip
_MACHINES = [
    ("iPhone", "điện thoại iPhone"), ("iPad", "máy tính bảng iPad"), ("Android", "điện thoại Android"),
    ("Windows", "máy tính Windows"), ("Macintosh", "máy tính Mac"), ("CrOS", "máy tính Chromebook"),
    ("Linux", "máy tính Linux"),
]  # fmt: skip


def device_in_words(user_agent: str) -> str:
    browser = next((name for sign, name in _BROWSERS if sign in user_agent), "Trình duyệt")
    machine = next((name for sign, name in _MACHINES if sign in user_agent), "máy không rõ loại")
    return f"{browser} trên {machine}"
