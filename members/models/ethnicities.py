"""The 54 peoples of Vietnam, as the state's own list calls them; the largest first, then by the alphabet."""

ETHNICITIES = [
    "Kinh", "Ba Na", "Bố Y", "Brâu", "Bru - Vân Kiều", "Chăm", "Chơ Ro", "Chu Ru", "Chứt", "Co", "Cơ Ho", "Cơ Lao",
    "Cơ Tu", "Cống", "Dao", "Ê Đê", "Gia Rai", "Giáy", "Gié Triêng", "Hà Nhì", "Hoa", "Hrê", "Kháng", "Khmer",
    "Khơ Mú", "La Chí", "La Ha", "La Hủ", "Lào", "Lô Lô", "Lự", "Mạ", "Mảng", "Mnông", "Mông", "Mường", "Ngái",
    "Nùng", "Ơ Đu", "Pà Thẻn", "Phù Lá", "Pu Péo", "Ra Glai", "Rơ Măm", "Sán Chay", "Sán Dìu", "Si La", "Tà Ôi",
    "Tày", "Thái", "Thổ", "Xinh Mun", "Xơ Đăng", "Xtiêng",
]  # fmt: skip
