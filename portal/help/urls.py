from django.urls import path

from portal.help.views import articles, glossary

urlpatterns = [
    path("", articles.help_index, name="help"),
    path("bai-moi/", articles.add_article, name="add_help_article"),
    path("bai/<slug:slug>/", articles.article, name="help_article"),
    path("bai/<slug:slug>/sua/", articles.change_article, name="change_help_article"),
    path("thuat-ngu/", glossary.glossary, name="glossary"),
    path("thuat-ngu/them/", glossary.add_term, name="add_term"),
    path("thuat-ngu/<int:pk>/sua/", glossary.change_term, name="change_term"),
    path("thuat-ngu/<int:pk>/xoa/", glossary.remove_term, name="remove_term"),
]
