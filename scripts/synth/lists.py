"""Closed lists and stock phrases of the registers."""

ETHNIC = ["Kinh", "Tày", "Thái", "Mường", "Khơ Me", "Hoa", "Nùng", "Mông", "Dao", "Gia Rai", "Ê Đê", "Ba Na",
          "Sán Chay", "Chăm", "Cơ Ho", "Xơ Đăng", "Sán Dìu", "Hrê", "RaGlay", "Mnông", "Thổ", "Xtiêng", "Khơ mú",
          "Bru Vân Kiều", "Cơ Tu", "Giáy", "Tà Ôi", "Mạ", "Giẻ-Triêng", "Co", "Chơ Ro", "Xinh Mun", "Hà Nhì",
          "Chu Ru", "Lào", "La Chí", "Kháng", "Phù Lá", "La Hủ", "La Ha", "Pà Thẻn", "Lự", "Ngái", "Chứt", "Lô Lô",
          "Mảng", "Cơ Lao", "Bố Y", "Cống", "Si La", "Pu Péo", "Rơ Măm", "Brâu", "Ơ Đu"]
ETHNIC_OLD = {"Khmer": "Khơ Me", "Khơme": "Khơ Me", "Miên": "Khơ Me", "Việt": "Kinh", "Mèo": "Mông", "H'Mông": "Mông",
              "HMông": "Mông", "Mán": "Dao", "Chàm": "Chăm", "Ra-đê": "Ê Đê", "Êđê": "Ê Đê", "Jrai": "Gia Rai",
              "Gia-rai": "Gia Rai", "Cao Lan": "Sán Chay", "Triều Châu": "Hoa", "Vân Kiều": "Bru Vân Kiều",
              "Hán": "Hoa", "Quảng Đông": "Hoa", "Cor": "Co", "S'tiêng": "Xtiêng", "M'Nông": "Mnông"}
COUNTRIES = ["Hoa Kỳ", "Đài Loan", "Trung Quốc", "Hàn Quốc", "Nhật Bản", "Căm-pu-chia", "Lào", "Thái Lan", "Pháp",
             "Úc", "Canada", "Đức", "Anh", "Singapore", "Malaysia", "Nga", "Ấn Độ", "Philippin", "Thụy Điển"]
COUNTRY_OLD = {"Mỹ": "Hoa Kỳ", "Mĩ": "Hoa Kỳ", "Campuchia": "Căm-pu-chia", "Trung Hoa": "Trung Quốc", "VN": "Việt Nam",
               "Ô-xtrây-li-a": "Úc"}
RELATIONS = {"ks": ["cha", "mẹ", "cha ruột", "mẹ ruột", "ông nội", "bà nội", "ông ngoại", "bà ngoại", "bác", "cô",
                    "dì", "chú", "cậu", "anh", "chị", "bà con", "tự khai"],
             "kt": ["con", "con ruột", "vợ", "chồng", "cháu", "em", "cha", "mẹ", "anh", "chị", "cháu nội", "con rể"],
             "cmc": ["cha", "mẹ", "con", "bản thân", "ông nội", "bà ngoại"],
             "hn": ["bản thân", "chính đương sự", "cha", "mẹ", "con", "em ruột", "chị ruột", "anh ruột", "vợ"]}
TITLES = ["Chủ tịch UBND xã", "Phó Chủ tịch UBND xã", "Chủ tịch", "Phó Chủ tịch", "P. Chủ tịch", "P.CT UBND xã",
          "CT UBND xã", "PCT UBND xã", "P.CT", "CT", "Chủ tịch UBND thị trấn", "Phó Chủ tịch UBND phường",
          "Trưởng phòng Tư pháp", "Phó trưởng phòng Tư pháp", "Giám đốc Sở Tư pháp", "Phó Giám đốc Sở Tư pháp",
          "TM. UBND Chủ tịch", "KT. Chủ tịch Phó Chủ tịch", "Công chức Tư pháp - Hộ tịch", "Cán bộ Tư pháp hộ tịch"]
# short and long forms that mean a title of lists/titles.tsv; the others are their own
MEANT_TITLE = {"P. Chủ tịch": "Phó Chủ tịch", "P.CT": "Phó Chủ tịch", "KT. Chủ tịch Phó Chủ tịch": "Phó Chủ tịch", "CT": "Chủ tịch",
               "TM. UBND Chủ tịch": "Chủ tịch", "CT UBND xã": "Chủ tịch UBND xã", "P.CT UBND xã": "Phó Chủ tịch UBND xã",
               "PCT UBND xã": "Phó Chủ tịch UBND xã"}
CAUSES = ["Bệnh già", "Già yếu", "Bệnh", "Do bệnh", "Bệnh tim", "Tai biến mạch máu não", "Tai nạn giao thông", "TNGT",
          "Ung thư gan", "Ung thư phổi", "Ung thư dạ dày", "Suy tim", "Suy thận", "Cao huyết áp", "Đột quỵ",
          "Chết nước", "Đuối nước", "Nhồi máu cơ tim", "Xơ gan", "Viêm phổi", "Lao phổi", "Tiểu đường", "Điện giật",
          "Tự tử", "Đột tử", "Suy hô hấp", "Tuổi già sức yếu", "Bệnh nặng", "Bị bệnh hiểm nghèo", "Hen suyễn",
          "Xuất huyết não", "Tai nạn lao động", "Rắn cắn", "Sốt xuất huyết", "Không rõ"]
PURPOSES = ["Đăng ký kết hôn", "Để đăng ký kết hôn", "Kết hôn", "Bổ túc hồ sơ vay vốn ngân hàng", "Vay vốn ngân hàng",
            "Chuyển nhượng quyền sử dụng đất", "Bổ túc hồ sơ xin việc làm", "Mua bán nhà đất", "Nhận con nuôi",
            "Hợp thức hóa nhà đất", "Kết hôn với người Đài Loan", "Kết hôn với người nước ngoài", "Bổ sung lý lịch",
            "Thừa kế tài sản", "Đi lao động nước ngoài", "Thế chấp vay vốn", "Làm hồ sơ xuất cảnh"]
MARITAL = ["Chưa đăng ký kết hôn với ai", "Hiện tại chưa đăng ký kết hôn với ai", "Độc thân", "Hiện độc thân",
           "Chưa kết hôn", "Từ trước đến nay chưa đăng ký kết hôn với ai",
           "Đã ly hôn theo Quyết định số {n}/{y}/QĐST-HNGĐ ngày {d} của Tòa án nhân dân huyện {h}. Hiện nay chưa đăng ký kết hôn với ai",
           "Có vợ là bà {w} đã chết ngày {d}, hiện chưa kết hôn với ai",
           "Có chồng là ông {m} đã chết, đến nay chưa đăng ký kết hôn với ai",
           "Đã có vợ tên {w}, sinh năm {y}", "Đã có chồng tên {m}, sinh năm {y}",
           "Trong thời gian cư trú tại địa phương từ năm {y} đến nay chưa đăng ký kết hôn với ai"]
NOTES = ["Đăng ký đúng hạn", "Đúng hạn", "Quá hạn", "Đăng ký quá hạn", "Đăng ký lại", "Đăng ký khai sinh lần đầu",
         "Đã cấp bản sao", "Cấp lại bản chính ngày {d}", "Con ngoài giá thú", "Kết hôn lần đầu", "Lần thứ hai",
         "Đã ly hôn theo QĐ số {n}/{y} ngày {d}", "Cải chính họ tên thành {m}", "Bổ sung quê quán",
         "Cải chính năm sinh từ {y}", "Đã chết ngày {d}", "Không", "Hủy bỏ", "Sửa theo QĐ số {n}/QĐ-UBND ngày {d}",
         "Cha mẹ chưa ĐKKH", "Khai sinh trễ hạn", "Cấp bản chính lần {k}"]
# what stands for the notice of death, with the import's code (lists/death_notices.tsv)
DEATH_PAPERS = {"Giấy báo tử": "1", "Giấy chứng tử": "1", "Bản án": "3", "Biên bản khám nghiệm": "4", "Biên bản xác nhận": "6",
                "Biên bản xác nhận việc chết": "6", "Giấy xác nhận của Ban ấp": "7"}
HOSPITALS = ["Bệnh viện {p}", "BV {p}", "BV. {p}", "Trạm y tế xã {c}", "Trạm Y tế {c}", "BVĐK {p}", "Bệnh viện đa khoa {p}",
             "Bệnh viện Từ Dũ", "BV Phụ sản Trung ương", "Bệnh viện Hùng Vương", "BV Nguyễn Đình Chiểu", "Nhà bảo sanh {c}",
             "Trung tâm y tế huyện {h}", "BV huyện {h}", "TTYT {h}", "Tại nhà", "BV Chợ Rẫy", "Nhà hộ sinh {c}"]
OLD_PROVINCES = ["Hà Đông", "Sơn Tây", "Hà Sơn Bình", "Hà Nam Ninh", "Bình Trị Thiên", "Nghĩa Bình", "Phú Khánh", "Thuận Hải",
                 "Sông Bé", "Cửu Long", "Hậu Giang", "Minh Hải", "Hà Bắc", "Vĩnh Phú", "Bắc Thái", "Hà Tuyên",
                 "Hoàng Liên Sơn", "Nam Hà", "Hải Hưng", "Gia Định", "Chợ Lớn", "Kiến Hòa", "Định Tường", "Phong Dinh",
                 "Chương Thiện", "Nghệ Tĩnh", "Gia Lai - Kon Tum", "Quảng Nam - Đà Nẵng", "An Xuyên", "Ba Xuyên",
                 "Kiến Tường", "Long Khánh", "Biên Hòa", "Sa Đéc", "Vĩnh Bình", "Hà Nam", "Kiến Phong", "Hậu Nghĩa"]
SYLLABLES_SOUTH = ["Nhớ", "Đẹp", "Út", "Tư", "Năm", "Bé", "Lượm", "Sáu", "Gấm", "Muội", "Bảy", "Tám", "Chín", "Mười", "Ba",
                   "Hai", "Lẹ", "Tèo", "Nhỏ", "Mỏng", "Chót", "Đực", "Gái", "Rớt", "Khéo", "Thắm", "Kiều", "Lành", "Nết",
                   "Cưng", "Ngoan", "Bông", "Sen", "Huệ", "Mận", "Đào", "Dừa", "Xoài", "Lúa", "Ruộng", "Sang", "Giàu",
                   "Đủ", "Thừa", "Hết", "Dứt", "Nguôi", "Khỏe", "Mạnh", "Khánh", "Nhẫn", "Nhịn", "Thoại", "Xuyến", "Rô",
                   "Phến", "Sến", "Hên", "Xệ", "Sol", "Thol", "Sa Rây", "Sà Rươl", "Thi", "Đa", "Rên", "Phương"]
SURNAMES_KHMER = ["Thạch", "Sơn", "Danh", "Kim", "Kiên", "Lâm", "Châu", "Liêu", "Tăng", "Trầm", "Chau", "Néang", "Thị"]
