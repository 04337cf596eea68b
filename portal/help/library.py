"""The help pages and words that the portal brings along. Administrators change them later in the browser."""

# address, title, one sentence, body
ARTICLES = [
    (
        "dang-nhap",
        "Đăng nhập và đăng xuất",
        "Vào cổng bằng tên đăng nhập và mật khẩu được cấp; ra khỏi cổng khi dùng máy chung.",
        """
Văn phòng Đảng ủy cấp cho mỗi đồng chí một tên đăng nhập và một mật khẩu. Không ai tự lập tài khoản được.

## Đăng nhập
1. Mở trang của cổng trên điện thoại hoặc máy tính.
2. Gõ tên đăng nhập hoặc số điện thoại. Viết hoa hay viết thường đều được.
3. Gõ mật khẩu. Mật khẩu phân biệt chữ hoa và chữ thường.
4. Nếu là máy của riêng mình, đánh dấu “Đây là máy riêng của tôi” để lần sau khỏi đăng nhập lại.
5. Bấm “Đăng nhập”.

Lần đầu dùng mật khẩu trên phiếu, cổng sẽ hỏi đặt mật khẩu mới.

## Đăng xuất
Dùng máy của riêng mình thì không cần đăng xuất. Dùng máy chung ở nhà văn hóa hay cơ quan thì mở mục “Thêm” rồi bấm “Đăng xuất” trước khi rời máy.

## Quên mật khẩu
Có thư điện tử thì bấm “Quên mật khẩu” ở trang đăng nhập để nhận đường dẫn đặt lại. Không có thì gọi văn phòng Đảng ủy xã, phường để được cấp phiếu mới. Đừng cho người khác mượn tài khoản: việc gì ghi trong cổng cũng mang tên đồng chí.
""",
    ),
    (
        "co-chu",
        "Làm chữ to hơn",
        "Chọn cỡ chữ 100, 125 hoặc 150 phần trăm; cổng nhớ cho lần sau.",
        """
Ở cuối mỗi trang có mục “Cỡ chữ”, kể cả trước khi đăng nhập.

- Bấm 125 % nếu chữ hơi nhỏ.
- Bấm 150 % nếu đọc không cần kính.
- Bấm 100 % để trở lại như cũ.

Cổng nhớ cỡ chữ theo tài khoản, nên mở trên máy khác vẫn giữ cỡ chữ đã chọn.
""",
    ),
    (
        "viec-cua-toi",
        "Đọc trang Việc của tôi",
        "Trang đầu tiên sau khi đăng nhập: việc nào đến hạn, còn mấy ngày, làm tiếp ở đâu.",
        """
Trang “Việc của tôi” chỉ hiện những việc của riêng đồng chí.

- Việc quá hạn đứng trên cùng, có hình tam giác và chữ “quá hạn”.
- Việc sắp đến hạn ghi rõ còn mấy ngày.
- Mỗi việc có một nút để làm tiếp. Làm xong, việc tự mất khỏi trang; không phải đánh dấu.

Trang trống nghĩa là không có việc nào đang chờ.
""",
    ),
    (
        "mang-yeu",
        "Khi mạng yếu hoặc mất mạng",
        "Cổng báo khi mất mạng và tự mở lại khi có mạng.",
        """
Khi mất mạng, cổng hiện trang “Đang mất mạng” thay cho trang lỗi của trình duyệt.

1. Đợi hoặc đi tới nơi có sóng.
2. Bấm “Thử lại”.

Trang đang mở vẫn đọc được. Nếu đang gõ dở, đừng đóng trang: đợi có mạng rồi hãy bấm lưu.
""",
    ),
    (
        "gap-loi",
        "Khi cổng báo lỗi",
        "Mỗi trang lỗi có một số yêu cầu; đọc số đó cho người hỗ trợ là tìm ra ngay.",
        """
Nếu trang báo có lỗi, đồng chí không làm hỏng gì cả.

1. Đọc câu báo lỗi: thường trong câu đã có cách xử lý.
2. Nếu vẫn không được, ghi lại số yêu cầu ở cuối trang, ví dụ K7PM-4XQ2.
3. Gọi văn phòng Đảng ủy và đọc số đó. Người hỗ trợ dùng số ấy để tìm đúng chỗ bị lỗi.

Số yêu cầu không chứa thông tin riêng của đồng chí.
""",
    ),
]

# word, meaning
TERMS = [
    ("Báo cáo", "Văn bản gửi cấp ủy cấp trên theo thể thức văn bản của Đảng. Cổng tự lập số liệu từ các buổi sinh hoạt đã ghi."),
    ("Biên bản", "Bản ghi toàn bộ buổi sinh hoạt, được đọc lại và thông qua trước khi kết thúc, có chữ ký của chủ trì và thư ký."),
    ("Biểu quyết", "Đảng viên chính thức giơ tay hoặc bỏ phiếu để quyết định. Đảng viên dự bị không biểu quyết."),
    ("Bộ tiêu chí", "Bảng điểm để đánh giá chất lượng một buổi sinh hoạt: chuẩn bị, dự họp, tiến hành, kết thúc."),
    ("Cấp ủy", "Tập thể lãnh đạo một đảng bộ hoặc chi bộ giữa hai kỳ đại hội: tỉnh ủy, đảng ủy, chi ủy."),
    ("Chi bộ", "Tổ chức nhỏ nhất có quyền ra nghị quyết: nơi đảng viên sinh hoạt hằng tháng."),
    ("Chi bộ điểm", "Chi bộ được chọn làm trước để rút kinh nghiệm cho nơi khác."),
    ("Chi ủy", "Cấp ủy của chi bộ, gồm bí thư, phó bí thư và các chi ủy viên."),
    ("Chỉ thị", "Văn bản của cấp ủy cấp trên giao việc phải làm. Trong cổng, mỗi chỉ thị được tách thành nhiệm vụ, thời hạn và chỉ tiêu."),
    ("Chỉ tiêu", "Mức phải đạt mà văn bản nêu, ví dụ “trên 90 % đảng viên dự sinh hoạt”. Cổng đo số thực tế từ sổ họp."),
    ("Dự sinh hoạt", "Cấp ủy viên cấp trên đến dự buổi họp của chi bộ mình phụ trách và ghi nhận xét."),
    ("Đảng bộ", "Toàn thể đảng viên và tổ chức đảng của một xã, phường, cơ quan hay một tỉnh."),
    ("Đảng phí", "Khoản đảng viên đóng hằng tháng, thu ở đầu buổi sinh hoạt thường kỳ."),
    ("Đảng viên chính thức", "Đảng viên đã qua thời gian dự bị, có quyền biểu quyết, ứng cử và bầu cử."),
    ("Đảng viên dự bị", "Đảng viên trong 12 tháng thử thách từ ngày kết nạp; dự họp, phát biểu nhưng không biểu quyết."),
    ("Đánh giá, xếp loại", "Cuối năm, chi bộ và từng đảng viên được xếp: hoàn thành xuất sắc, tốt, hoàn thành, không hoàn thành nhiệm vụ."),
    ("Điểm danh", "Ghi từng đảng viên có mặt, vắng có lý do hay vắng không lý do. Người được miễn không tính vào tỷ lệ."),
    ("Giới thiệu sinh hoạt", "Thủ tục chuyển đảng viên từ chi bộ này sang chi bộ khác, chính thức hoặc tạm thời."),
    ("Huy hiệu Đảng", "Tặng cho đảng viên đủ 30, 40, 45 năm tuổi Đảng trở lên, vào bốn đợt trong năm: 3/2, 19/5, 2/9 và 7/11."),
    ("Kết luận", "Ý kiến chốt lại của chủ trì hoặc của cấp ủy, nêu rõ ai làm, làm gì, xong khi nào."),
    ("Kiểm tra, giám sát", "Việc cấp ủy và ủy ban kiểm tra xem xét một tổ chức hoặc đảng viên thực hiện nhiệm vụ ra sao."),
    ("Minh chứng", "Bản ghi hay tệp cho thấy nhiệm vụ đã làm: buổi họp, ảnh, văn bản."),
    ("Miễn công tác và sinh hoạt", "Đảng viên tuổi cao, sức yếu được chi bộ đồng ý cho miễn. Không tính vào số phải dự họp."),
    ("Nghị quyết chi bộ", "Quyết định của chi bộ được quá nửa số đảng viên chính thức tán thành."),
    ("Nhiệm kỳ", "Thời gian giữa hai kỳ đại hội. Số văn bản của cấp ủy đánh liên tục trong một nhiệm kỳ."),
    ("Phân công nhiệm vụ", "Mỗi tháng một, chi bộ giao việc cho từng đảng viên đang công tác và ghi lại kết quả cuối năm."),
    ("Phụ trách chi bộ", "Cấp ủy viên được giao theo dõi, dự họp và giúp đỡ một số chi bộ."),
    ("Quán triệt", "Học và hiểu một văn bản của Đảng. Cổng ghi ai đã học, ngày nào."),
    ("Quần chúng ưu tú", "Người ngoài Đảng được chi bộ giới thiệu để bồi dưỡng và xem xét kết nạp."),
    ("Sinh hoạt chuyên đề", "Buổi họp bàn sâu một nội dung, thường mỗi quý một lần."),
    ("Sinh hoạt thường kỳ", "Buổi họp hằng tháng của chi bộ, thường trong tuần đầu của tháng."),
    ("Sơ kết, tổng kết", "Nhìn lại việc thực hiện một văn bản: giữa chừng là sơ kết, khi hết thời hạn là tổng kết."),
    ("Số yêu cầu", "Mã tám chữ ở cuối trang. Khi gặp lỗi, đọc mã này cho người hỗ trợ."),
    ("Thể thức văn bản", "Cách trình bày văn bản của Đảng: tiêu đề, số và ký hiệu, nơi nhận, thể thức đề ký."),
    ("Thư ký", "Người ghi biên bản buổi họp, do chi bộ cử ở đầu buổi."),
    ("Tổ đảng", "Một phần của chi bộ đông đảng viên, có tổ trưởng; không ra nghị quyết."),
    ("Tổ chức cơ sở đảng", "Đảng bộ cơ sở hoặc chi bộ cơ sở: cấp đứng ngay dưới đảng ủy xã, phường."),
    ("Tuần đầu của tháng", "Từ ngày 1 đến ngày 7. Chi bộ có ngày họp cố định được duyệt thì theo ngày ấy."),
    ("Tuổi Đảng", "Số năm tính từ ngày ghi trong quyết định kết nạp của người được công nhận chính thức."),
    ("Vắng có lý do", "Không dự họp và đã báo trước với chi ủy. Vẫn tính trong số phải dự."),
    ("Ý kiến thiểu số", "Ý kiến khác với số đông, được ghi vào biên bản và bảo lưu."),
]  # fmt: skip
