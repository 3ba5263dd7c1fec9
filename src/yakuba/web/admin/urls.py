"""Addresses of administration."""

from django.urls import path

from yakuba.web.admin import audit, departments, files, granting, log_files, overview, person, staffing, tokens

app_name = "admin"
urlpatterns = [
    path("staff/", person.index, name="staff"),
    path("staff/new/", staffing.new, name="new"),
    path("staff/<int:staff>/", person.person, name="person"),
    path("staff/<int:staff>/change/", staffing.change, name="change"),
    path("staff/<int:staff>/stop/", staffing.stop, name="stop"),
    path("staff/<int:staff>/restart/", staffing.restart, name="restart"),
    path("staff/<int:staff>/password/", staffing.password, name="password"),
    path("staff/<int:staff>/unlock/", staffing.unlock, name="unlock"),
    path("staff/<int:staff>/factor/", staffing.factor, name="factor"),
    path("staff/<int:staff>/rights/new/", granting.give, name="give"),
    path("rights/", overview.index, name="rights"),
    path("rights/<int:right>/revoke/", granting.take, name="take"),
    path("departments/", departments.index, name="departments"),
    path("audit/", audit.index, name="audit"),
    path("audit/print/", log_files.paper, name="audit_print"),
    path("audit/output/", log_files.output, name="audit_output"),
    path("audit/chain/", audit.chain, name="chain"),
    path("audit/digests.csv", log_files.digests, name="digests"),
    path("tokens/", tokens.index, name="tokens"),
    path("tokens/new/", tokens.new, name="new_token"),
    path("tokens/<int:token>/revoke/", tokens.revoke, name="revoke_token"),
    path("files/", files.index, name="files"),
    path("files/export/", files.export, name="export"),
    path("files/<int:job>/download/", files.download, name="download"),
]
