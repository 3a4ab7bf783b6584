"""The addresses of how people are reached, what they need, who acts for them, and the marker."""

from django.urls import URLPattern, path

from hearth.register.views import advocates, contact, needs, safe

ONE = "people/<int:pk>/"
ADJUSTMENT = f"{ONE}adjustments/<int:adjustment>/"

urlpatterns: list[URLPattern] = [
    path(f"{ONE}contact/", contact.Contact.as_view(), name="contact"),
    path(f"{ONE}contact/change/", contact.ChangeWishes.as_view(), name="change_wishes"),
    path(f"{ONE}contact/log/", contact.LogContact.as_view(), name="log_contact"),
    path(f"{ONE}contact/write/", contact.Write.as_view(), name="write"),
    path(f"{ONE}contact/told/<int:held>/", contact.TellThem.as_view(), name="told"),
    path(f"{ONE}needs/", needs.Needs.as_view(), name="needs"),
    path(f"{ONE}needs/add/", needs.AddNeed.as_view(), name="add_need"),
    path(f"{ONE}needs/<int:need>/end/", needs.EndNeed.as_view(), name="end_need"),
    path(f"{ONE}adjustments/add/", needs.AddAdjustment.as_view(), name="add_adjustment"),
    path(ADJUSTMENT, needs.Adjustment.as_view(), name="adjustment"),
    path(f"{ADJUSTMENT}made/", needs.UseAdjustment.as_view(), name="use_adjustment"),
    path(f"{ADJUSTMENT}review/", needs.ReviewAdjustment.as_view(), name="review_adjustment"),
    path(f"{ONE}interpreters/book/", needs.BookInterpreter.as_view(), name="book_interpreter"),
    path(f"{ONE}interpreters/<int:booking>/", needs.MoveInterpreter.as_view(), name="move_interpreter"),
    path(f"{ONE}advocates/", advocates.Advocates.as_view(), name="advocates"),
    path(f"{ONE}advocates/add/", advocates.AddAdvocate.as_view(), name="add_advocate"),
    path(f"{ONE}advocates/<int:advocate>/file/", advocates.AuthorityFile.as_view(), name="authority_file"),
    path(f"{ONE}advocates/<int:advocate>/withdraw/", advocates.WithdrawAuthority.as_view(), name="withdraw_authority"),
    path(f"{ONE}safe/", safe.MarkSafe.as_view(), name="mark_safe"),
    path(f"{ONE}safe/lift/", safe.LiftSafe.as_view(), name="lift_safe"),
    path("needs/", needs.NeedsReport.as_view(), name="needs_report"),
    path("needs/file/", needs.NeedsFile.as_view(), name="needs_file"),
    path("safe/", safe.Safe.as_view(), name="safe"),
    path("safe/held/<int:held>/", safe.SettleHeld.as_view(), name="settle_held"),
    path("safe/withheld/", safe.Withheld.as_view(), name="withheld"),
]
