"""Addresses of data migration."""

from django.urls import path

from yakuba.web.migration import beginning, deciding, defining, loading, reporting, running

app_name = "migration"
_RUN = "<str:move>/runs/<int:run>/"
urlpatterns = [
    path("", beginning.index, name="index"),
    path("new/", beginning.new, name="new"),
    path("new/upload/", beginning.upload, name="upload"),
    path("new/folder/", beginning.folder, name="folder"),
    path("<str:move>/", running.move, name="move"),
    path("<str:move>/definition/", defining.edit, name="definition"),
    path("<str:move>/definition/discard/", defining.drop, name="discard"),
    path("<str:move>/files/", defining.add, name="files"),
    path("<str:move>/start/", running.start, name="start"),
    path(_RUN, running.run, name="run"),
    path(_RUN + "progress/", running.progress, name="progress"),
    path(_RUN + "again/", running.again, name="again"),
    path(_RUN + "report/", reporting.report, name="report"),
    path(_RUN + "report.html", reporting.report_file, name="report_file"),
    path(_RUN + "findings.xlsx", reporting.workbook, name="workbook"),
    path(_RUN + "compare/<int:older>/", reporting.compare, name="compare"),
    path(_RUN + "questions/", deciding.questions, name="questions"),
    path(_RUN + "answers/", deciding.gather, name="answers"),
    path(_RUN + "load/", loading.load, name="load"),
]
