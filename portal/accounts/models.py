from typing import Self

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils import timezone

from portal.access.actor import Actor
from portal.access.permissions import Permission
from portal.access.rows import GuardedQuerySet
from portal.history.tracking import tracked
from portal.words.fields import CodeField, LineField, SortKeyField
from portal.words.text import nfc, person_sort_key


class AccountManager(BaseUserManager["Account"]):
    def get_by_natural_key(self, username: str | None) -> "Account":
        """People type their user name with capitals and spaces around it; it is the same name."""
        return self.get(username=nfc(username or "").strip().lower())


# No history of the password, of what a sign-in writes, and of what is the reader's own comfort.
@tracked(
    but=(
        "password", "last_login", "must_change_password", "text_size", "second_factor_asked_on", "second_factor_taken_at",
    )
)  # fmt: skip
class Account(AbstractBaseUser):
    """Somebody who can sign in. What the account may do is said by grants, not here."""

    username = LineField("tên đăng nhập", max_length=60, unique=True)
    full_name = LineField("họ và tên", max_length=120)
    sort_key = SortKeyField(of="full_name", by=person_sort_key)
    phone = CodeField("số điện thoại", max_length=11, unique=True, null=True, blank=True)  # digits only: 0912345678
    email = models.EmailField("thư điện tử", blank=True)
    is_active = models.BooleanField("đang dùng", default=True)
    text_size = models.PositiveSmallIntegerField("cỡ chữ", default=100)
    created_at = models.DateTimeField("lập lúc", default=timezone.now, editable=False)
    # the password in use is the one of a slip: it opens one page, where another is chosen
    must_change_password = models.BooleanField("phải đổi mật khẩu", default=False)
    password_changed_at = models.DateTimeField("mật khẩu có từ", null=True, editable=False)
    # kept here as well, so that the door need not ask the table of second factors on every request
    second_factor_since = models.DateTimeField("xác thực hai lớp từ", null=True, editable=False)
    second_factor_changed_at = models.DateTimeField("xác thực hai lớp đổi lúc", null=True, editable=False)
    # an office took it away, for who lost the phone; empty again when the person has been told
    second_factor_taken_at = models.DateTimeField("được gỡ xác thực hai lớp lúc", null=True, editable=False)
    second_factor_asked_on = models.DateField("phải xác thực hai lớp từ", null=True, editable=False)

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS = ["full_name"]

    objects = AccountManager()

    class Meta:
        verbose_name = "tài khoản"
        verbose_name_plural = "tài khoản"
        constraints = [
            models.CheckConstraint(name="account_text_size_offered", condition=models.Q(text_size__in=[100, 125, 150])),
            models.CheckConstraint(
                name="account_username_small_letters",
                condition=models.Q(username=models.functions.Lower("username")) & ~models.Q(username=""),
            ),
            models.CheckConstraint(name="account_phone_digits", condition=models.Q(phone__regex=r"^0[0-9]{9,10}$")),
        ]

    def __str__(self) -> str:
        return self.full_name

    @property
    def initials(self) -> str:
        """Family and given name: HK for Hồ Trung Kiên."""
        words = self.full_name.split()
        return "".join(word[0] for word in ([words[0], words[-1]] if len(words) > 1 else words)).upper()


class SavedViewQuerySet(GuardedQuerySet):
    def within_reach(self, actor: Actor, permission: Permission) -> Self:
        """One's own, whatever one may do."""
        return self.filter(account=actor.account)

    def of_page(self, page: str) -> Self:
        return self.filter(page=page).order_by("name", "pk")


class SavedView(models.Model):
    """A list with its filters, kept under a name: the reader's own, on every device."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="saved_views", verbose_name="tài khoản")
    page = CodeField("trang", max_length=200)  # address of the list: /to-chuc/2/dang-vien/
    name = LineField("tên", max_length=60)
    query = CodeField("bộ lọc", max_length=1_000)  # what stands behind the question mark

    everything = models.Manager()
    objects = SavedViewQuerySet.as_manager()

    class Meta:
        verbose_name = "bộ lọc đã lưu"
        verbose_name_plural = "bộ lọc đã lưu"
        constraints = [models.UniqueConstraint("account", "page", "name", name="saved_view_named_once")]

    def __str__(self) -> str:
        return self.name

    @property
    def address(self) -> str:
        return f"{self.page}?{self.query}"
