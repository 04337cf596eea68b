"""Which papers the reader of a meeting is offered, and where each is."""

from dataclasses import dataclass
from functools import cached_property

from django.urls import reverse

from meetings.models import Meeting, QualityScore, Scorer, SignedPaper
from meetings.queries.log_reading import Reading

SIGNED_REASON = "that it is filed, not what stands in it"


@dataclass(frozen=True)
class Offer:
    name: str
    more: str
    url: str
    word_url: str = ""


@dataclass
class Papers:
    reading: Reading

    @property
    def offers(self) -> list[Offer]:
        found = []
        if not self._meeting.called_off_at:
            found.append(self._of_meeting("Thông báo, chương trình", "Gửi trước buổi họp", "meeting_notice_paper"))
        if self.reading.sees_names:
            found.append(self._of_meeting("Danh sách để ký tên", "In sẵn, ký khi đến họp", "sheet_to_sign_paper"))
        if not self.reading.sees_log:
            return found
        if self.reading.sees_names:
            found.append(self._of_meeting("Danh sách điểm danh", "Theo sổ họp", "attendance_paper"))
        found.append(self._of_meeting("Biên bản", self.minutes_are, "meeting_minutes"))
        return found + self._resolutions + self._score

    @property
    def minutes_are(self) -> str:
        if self._meeting.closed_at is None:
            return "Dự thảo, sổ chưa đóng"
        return "Không có phần kín" if self.reading.has_closed and not self.reading.sees_closed else "Theo sổ đã đóng"

    @property
    def offers_closed(self) -> bool:
        """The whole minutes, for who may read what is closed: by a press, that leaves its trace."""
        return self.reading.sees_log and self.reading.has_closed and self.reading.may_ask_for_closed

    @cached_property
    def signed(self) -> SignedPaper | None:
        rows = SignedPaper.objects.everywhere(reason=SIGNED_REASON)
        return rows.filter(meeting=self._meeting, dropped_at=None).first()

    @property
    def _meeting(self) -> Meeting:
        return self.reading.meeting

    @property
    def _resolutions(self) -> list[Offer]:
        found = []
        for row in self.reading.resolutions:
            url = reverse("resolution_paper", args=[row.pk])
            symbol = f" {row.number.symbol}" if row.number else ""
            more = row.subject or row.get_state_display()
            found.append(Offer(f"{row.get_kind_display()}{symbol}", more, url, f"{url}?dang=docx"))
        return found

    @property
    def _score(self) -> list[Offer]:
        """Once there is one: by the branch itself."""
        rows = QualityScore.objects.everywhere(reason="that there is one, of a meeting that was reached")
        if not rows.filter(meeting=self._meeting, scorer=Scorer.BRANCH).exists():
            return []
        return [self._of_meeting("Phiếu chấm điểm", "Chi bộ chấm, cấp trên chấm bên cạnh", "score_paper")]

    def _of_meeting(self, name: str, more: str, page: str) -> Offer:
        url = reverse(page, args=[self._meeting.pk])
        return Offer(name, more, url, f"{url}?dang=docx")
