"""The article of an HTML page: its paragraphs, what is left out, and where each character stands."""

from __future__ import annotations

import html
import time
from bisect import bisect_right
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from transcheck.read.extract import Builder, Extracted
from transcheck.read.html import read_html

NEWS = """<!DOCTYPE html>
<html lang="uk-UA" class="no-js">
<head>
<meta charset="utf-8">
<title>Пілот: «Я не бачив» — Вісник</title>
<script type="application/ld+json">{"headline": "<p>Не текст</p>"}</script>
<style>p > b { display: none }</style>
<!--[if lt IE 9]><p>Оновіть браузер</p><![endif]-->
</head>
<body class="single sidebar-right ad-free">
<div class="cookie-banner" role="dialog"><p>Ми використовуємо файли cookie, щоб поліпшити роботу сайту.</p></div>
<header class="site"><a href="/">Вісник</a>
  <nav><ul><li><a href="/1">Новини</a><li><a href="/2">Війна</a></ul></nav>
</header>
<div id="page" class="with-sidebar">
 <ol class="breadcrumbs"><li><a href="/">Головна</a></li><li>Війна</li></ol>
 <main>
 <article class="post tag-war" itemscope>
  <header>
   <h1>Пілот: &laquo;Я&nbsp;не бачив&raquo;</h1>
   <p class="byline">Текст: <a href="/a">Марта Гай</a></p>
   <p class="lead">Він бомбардував місто, де до війни жили чотирнадцять тисяч людей,
      і розповів про це.</p>
  </header>
  <figure><img src="a.jpg" alt="фото"><figcaption>Пілот у шпиталі. Фото: Олег Кравець</figcaption></figure>
  <p>&#171;Мене збили 5&nbsp;березня&#xBB;,&nbsp;&mdash; каже <a href="/p">Максим</a>.</p>
  <div class="adBlock"><p>Купуйте наші чудові пуховики на зиму, дуже тепло!</p></div>
  <blockquote><p>Задачу ставили вно&shy;чі, по радіо.</p>
    <footer>&mdash; Максим, пілот</footer></blockquote>
  <h2><a href="#second">Друга частина</a></h2>
  <p>Перший рядок<br>
     другий рядок<br/><br>Новий абзац
  <p>Читайте також: <a href="/x">Як пілоти інших країн розповідали про свої вильоти над містом</a></p>
  <ul class="share-buttons"><li>Поширити в мережі</li></ul>
  <aside><p>Врізка зі схожими матеріалами, яка не належить до тексту статті.</p></aside>
  <p>Кінець.</p>
  <footer>Теги: <a href="/t">війна</a></footer>
 </article>
 <section id="comments"><p>Читач: дуже довгий коментар читача, що не має нічого спільного зі статтею.</p></section>
 </main>
 <div class="sidebar"><p>Найпопулярніше за тиждень: тут іще один довгий рядок тексту.</p></div>
</div>
<footer><p>© Вісник. Усі права захищено, передрук лише з дозволу редакції.</p></footer>
<script>document.write("<p>Не текст</p>")</script>
</body></html>
"""


def _blocks(markup: str) -> list[tuple[str, str]]:
    found = read_html(markup)
    return [(b.kind, b.span.of(found.text)) for b in found.blocks]


def _texts(markup: str) -> list[str]:
    return [text for _, text in _blocks(markup)]


def test_a_news_page() -> None:
    found = read_html(NEWS)
    assert found.lang == "uk"
    assert found.source.unit == "line"
    assert _blocks(NEWS) == [
        ("heading", "Пілот: «Я не бачив»"),
        ("paragraph", "Він бомбардував місто, де до війни жили чотирнадцять тисяч людей, і розповів про це."),
        ("caption", "Пілот у шпиталі. Фото: Олег Кравець"),
        ("paragraph", "«Мене збили 5 березня», — каже Максим."),
        ("quote", "Задачу ставили вночі, по радіо."),
        ("quote", "— Максим, пілот"),
        ("heading", "Друга частина"),
        ("paragraph", "Перший рядок\nдругий рядок"),
        ("paragraph", "Новий абзац"),
        ("paragraph", "Кінець."),
    ]
    assert found.text == "\n\n".join(text for _, text in _blocks(NEWS))
    _check_places(NEWS, found)


@pytest.mark.parametrize(
    ("markup", "texts"),
    [
        ("<p>Один<p>Два<p>Три", ["Один", "Два", "Три"]),
        ("<ul><li>Один<li>Два</ul>Три", ["Один", "Два", "Три"]),
        ("<dl><dt>Слово<dd>Значення<dt>Друге</dl>", ["Слово", "Значення", "Друге"]),
        ("<table><tr><td>а<td>б<tr><th>в</table>", ["а", "б", "в"]),
        ("<table><tr><td><p>а</td><td>б</table>", ["а", "б"]),
        ("<div>Раз</div>два<div>три</div>", ["Раз", "два", "три"]),
        ("Раз<br>два<br> <br/>три<br><br><br>чотири</br></br>п’ять", ["Раз\nдва", "три", "чотири", "п’ять"]),
        ("<p>а <b> б</b>\n\t<i>в</i> </p>", ["а б в"]),
        ("<p>сло<b>во</b><!-- c -->,<wbr> так", ["слово, так"]),
        ("<p>сло&shy;во\u00ad пере\u200bнос&ZeroWidthSpace;ять &#8203;", ["слово переносять"]),
        ("<p>А&nbsp;&nbsp; Б\u00a0В&thinsp;Г&#32;Д&#xA;Е", ["А Б В Г Д Е"]),
        ("<p>AT&T, a &amp; b &lt;i> &copy2024 &notit; &bogus; &#0; &#x110000; &", [
            "AT&T, a & b <i> ©2024 ¬it; &bogus; \ufffd \ufffd &"]),
        ("<p>&#150; &#8212; &#x2014; &fjlig; &NotEqualTilde;а", ["– — — fj ≂̸а"]),
        ("<p>5 < 6 и <Иван> </Иван> ><", ["5 < 6 и <Иван> ><"]),
        ("<pre>\nРядок  один\n  Рядок два\r\n\r\nАбзац</pre>", ["Рядок один\nРядок два", "Абзац"]),
        ("<p>А <q>Б <q>В</q></q>.", ["А “Б ‘В’”."]),
        ("<p><q><q>А</q> б</q> в <q> г </q>", ["“‘А’ б” в “г”"]),
        ("<p><q>«А»</q>, „<q>Б</q>“<q></q>", ["«А», „Б“"]),
        ("<p><q>А<p>Б", ["“А”", "Б"]),
        ("<p>А<![CDATA[ <b>x</b> ]]>Б<!-->В<!--->Г<!-- -- > -->Д<!x>Е<?php 1 ?>Є</>Ж", ["АБВГДЕЄЖ"]),
        ("<![if !IE]><p>А<![endif]><!--[if !IE]><!--><p>Б<!--<![endif]-->", ["А", "Б"]),
        ("<p>А<!-- без кінця <p>Б", ["А"]),
        ("<p>А<script>'</p>'</script>Б<style/>x</style>В<SCRIPT>a", ["АБВ"]),
        ("<p>А<svg><title/><text>x</text><path/></svg>Б<math><mi>x</math>В", ["АБВ"]),
        ("<div><svg><g></div>А<p>Б", ["А", "Б"]),
        ("<title>x<p>А", ["x", "А"]),
        ("<iframe src=x />А<p>Б<textarea>В</textarea>", ["А", "Б"]),
        ("<p>А<button>x</button><select><option>y</select><object>z</object><template><p>t</template>Б", ["АБ"]),
        ("<b><p>А</b>Б</p>В<div>Г</span>Ґ</b></div>Д", ["АБ", "В", "ГҐ", "Д"]),
        ("А</p>Б</p>В", ["А", "Б", "В"]),
        ("<h2>А<h3>Б</h2>В", ["А", "Б", "В"]),
        ("<p title=\"a>b\" class='x' data-x=it's id=\"a\"hidden=\"\">ні</p><p>А", ["А"]),
        ("<p>А<a href=\"x>Б</a> в</p>", ["АБ в"]),
        ("<p>А</p><a href='x", ["А"]),
        ("<p>А</p></a href", ["А"]),
        ("<p>А<hr>Б", ["А", "Б"]),
        ("<p>* * *<p>…<p>[...]<p>|<p>А", ["…", "[...]", "А"]),
        ("<details><summary>А</summary>Б</details><address>В</address>", ["А", "Б", "В"]),
    ],
)  # fmt: skip
def test_markup(markup: str, texts: list[str]) -> None:
    assert _texts(markup) == texts
    _check_places(markup, read_html(markup))


@pytest.mark.parametrize(
    ("markup", "blocks"),
    [
        ("<blockquote>А<p>Б<h3>В</h3><cite>Г</cite></blockquote>Д", "quote А, quote Б, quote В, quote Г, paragraph Д"),
        ("<figure><blockquote>А</blockquote><figcaption><p>Б</figcaption></figure>", "quote А, caption Б"),
        ("<table><caption>А</caption><td>Б", "caption А, paragraph Б"),
        ("<h1>А<p>Б</h1>В", "heading А, heading Б, paragraph В"),
        ("<div><p>А<blockquote>Б</div>В", "paragraph А, quote Б, paragraph В"),
    ],
)
def test_kinds(markup: str, blocks: str) -> None:
    assert ", ".join(f"{kind} {text}" for kind, text in _blocks(markup)) == blocks


LONG = "Довгий абзац справжнього тексту, у якому сказано все, що треба було сказати, і навіть більше. "
SHORT = "Один рядок тексту, не дуже довгий."


@pytest.mark.parametrize(
    "attributes",
    [
        "hidden", "aria-hidden=true", "style='color:red; DISPLAY : none'", "class=sr-only", "role=navigation",
        "class=sidebar", "class='x adBlock'", "id=ad-1", "class=article__share", "class=BreadCrumb", "id=disqus_thread",
        "class=relatedNews", "class=post-tags", "class=cookie_consent", "role=dialog", "class='post promo-box'",
        "class=commentList", "class=is-x-newsletter", "id=SUBSCRIBE", "class=author",
    ],
)  # fmt: skip
def test_what_is_left_out(attributes: str) -> None:
    for tag in ("div", "p", "ul", "section"):
        page = f"<article><p>{LONG * 3}<{tag} {attributes}>{SHORT}</{tag}><p>Далі.</article>"
        assert _texts(page) == [(LONG * 3).strip(), "Далі."], tag


@pytest.mark.parametrize(
    "attributes",
    [
        "class=adventure", "class=shared-memory", "class=research", "class=advice", "class=no-sidebar",
        "class='has-banner'", "aria-hidden=false", "style='display:block'", "class=поширити", "id=navy",
        "class=committed", "class=authority", "class=quote-author",
    ],
)  # fmt: skip
def test_what_stays(attributes: str) -> None:
    assert _texts(f"<article><p>{LONG * 3}<div {attributes}>{SHORT}</div></article>")[1] == SHORT


def test_who_is_quoted_stays() -> None:
    quote = (
        f"<blockquote><p>{SHORT}<p class=author>Пілот</p><div class=byline>Київ</div><footer>1943</footer></blockquote>"
    )
    assert _texts(f"<article><p>{LONG * 3}{quote}<p class=byline>Автор</article>")[1:] == [
        SHORT,
        "Пілот",
        "Київ",
        "1943",
    ]


def test_the_element_around_the_text_stays_whatever_its_class() -> None:
    for start in (
        "<body class='has-ads sidebar'>",
        "<div class='page sidebar-left'>",
        "<form id=aspnet>",
        "<main class=ad>",
    ):
        assert _texts(f"<{start}><h1>Назва</h1><p>{LONG}<p>{LONG}<div class=sidebar><p>{SHORT}</div>") == [
            "Назва", LONG.strip(), LONG.strip()
        ]  # fmt: skip
    assert _texts(f"<div class=related><h1>Назва</h1><p>{LONG * 2}</div><p>{LONG}")[0] == "Назва"
    assert _texts(f"<div class=content><p>{LONG * 2}</div><div class=comments><p>{LONG * 5}</div>") == [
        (LONG * 2).strip()
    ]


@pytest.mark.parametrize(
    ("page", "texts"),
    [
        ("<p>{S}<article><p>А {L}</article><article><p>Б {L}{L}</article>", ["Б {L}{L}"]),
        ("<article><p>А {L}<article><p>Б {L}</article></article><p>{S}", ["А {L}", "Б {L}"]),
        ("<main><p>А {L}</main><div><p>{S}</div>", ["А {L}"]),
        ("<div role=main><p>А {L}</div><main><p>{S}</main>", ["А {L}"]),
        ("<div><div itemprop=articleBody>А {L}</div></div><div><p>{L}{L}</div>", ["А {L}"]),
        ("<div itemprop=articleBody><p>{L}<p>{L}</div><article><p>А {S}</article>", ["{L}", "{L}"]),
        ("<div><ul><li><a href=1>{S}</a><li><a href=2>{S}</a></ul></div><div><p>{L}<p>{L}</div>", ["{L}", "{L}"]),
        ("<div><p>Стандфірст {S} {S}</div><div><p>{L}<p>{L}</div><div>{S}</div>", ["Стандфірст {S} {S}", "{L}", "{L}"]),
        ("<div>{S}</div><div>{L}<br><br>{L}<br><br>{L}</div>", ["{L}", "{L}", "{L}"]),
        ("<div><div>{S}</div><div><div>{L}</div><div>{L}</div><div>{L}</div></div></div>", ["{L}", "{L}", "{L}"]),
        ("<div><div><div><p>А {L}</div></div></div><div><div><div><p>Б {L}</div></div></div>"
         "<div><div><div><p>В {L}</div></div></div>", ["А {L}", "Б {L}", "В {L}"]),
        ("<table><tr><td><a href=1>{S}</a><td>{L}<p>{L}</table>", ["{L}", "{L}"]),
        ("А<p>Б", ["А", "Б"]),
        ("<article></article><p>А", ["А"]),
        ("<article><p><a href=1>{S}</a></article>", []),
        ("", []), (" \n", []), ("<p></p>", []), ("<body><nav>{S}</nav>", ["{S}"]), ("<script>a</script>", []),
    ],
)  # fmt: skip
def test_the_main_content(page: str, texts: list[str]) -> None:
    filled = [t.format(L=LONG, S=SHORT).strip() for t in texts]
    assert _texts(page.format(L=LONG, S=SHORT)) == filled


@pytest.mark.parametrize(
    ("page", "texts"),
    [
        ("<header><h1>Назва</h1></header><article><p>{L}</article>", ["Назва", "{L}"]),
        ("<header><h1><a href=/>Сайт</a></h1></header><article><p>{L}</article>", ["{L}"]),
        ("<header><h1><a href=/>Сайт</a></h1></header><h1>Назва</h1><article><p>{L}</article>", ["Назва", "{L}"]),
        ("<h1>Сайт</h1><article><h1>Назва</h1><p>{L}</article>", ["Назва", "{L}"]),
        ("<h1>Назва</h1><article><h2>Назва</h2><p>{L}</article>", ["Назва", "{L}"]),
        ("<h1>Сайт</h1><h1>Назва</h1><article><p>{L}</article><h1>Інше</h1>", ["Назва", "{L}"]),
        ("<h1></h1><article><p>{L}</article><h1>Назва</h1>", ["Назва", "{L}"]),
        ("<article><div class=banner><h1>Назва</h1><p>{S}</div><p>{L}{L}{L}</article>", ["Назва", "{L}{L}{L}"]),
        ("<div class=modal><h1>Ні</h1></div><h1 hidden>Ні</h1><article><p>{L}</article>", ["{L}"]),
    ],
)
def test_the_title_comes_first_and_once(page: str, texts: list[str]) -> None:
    filled = [t.format(L=LONG, S=SHORT).strip() for t in texts]
    assert _texts(page.format(L=LONG, S=SHORT)) == filled


def test_paragraphs_of_links_are_dropped() -> None:
    link = f"<a href=/x>{SHORT}</a>"
    assert _texts(f"<article><p>{LONG}<p>Читайте також: {link}<p>{link}<h3>{link}</h3></article>") == [LONG.strip()]
    assert len(_texts(f"<article><p>{LONG}<p>{link} Так і сталося того вечора, кажуть очевидці.</article>")) == 2
    assert len(_texts(f"<article><p>{LONG}<p>{LONG * 3}<a href=/x>{LONG * 9}</a></article>")) == 2
    assert len(_texts(f"<article><p>{LONG}<p><a name=x>{SHORT}</a><p><a href='#x'>{SHORT}</a></article>")) == 3
    unclosed = f"<article><p>{LONG}<p>Далі <a href=/x>тут<p>{SHORT}<div><a href=/y>{link}</div><p>{SHORT}</article>"
    assert _texts(unclosed) == [LONG.strip(), "Далі тут", SHORT, SHORT]


@pytest.mark.parametrize(
    ("page", "lang"),
    [
        ("<html lang=ru><p>Так", "ru"), ("<html xml:lang='EN-gb'><p>Так", "en"), ("<html lang=uk_UA>Так", "uk"),
        ("<html lang=ru><article lang=uk><p>Так</article>", "uk"), ("<html lang=''><p>Так", None), ("<p>Так", None),
        ("<html lang=ru><div lang=uk-UA><article lang=''><p>Так</article></div>", "uk"), ("<html lang=x-y>Так", None),
        ("<html LANG=ru>Так<html lang=en>", "ru"), ("<html lang=ru></html>", "ru"), ("<html lang=english>Так", None),
    ],
)  # fmt: skip
def test_the_declared_language(page: str, lang: str | None) -> None:
    assert read_html(page).lang == lang


def _offsets(source: str, found: Extracted) -> list[int]:
    """Return for each character of the text the offset in the source that its anchor leads to."""
    starts = [0]
    for i, char in enumerate(source):
        if char == "\n" or (char == "\r" and source[i + 1 : i + 2] != "\n"):
            starts.append(i + 1)
    anchors = found.source.anchors
    assert all(a[0] < b[0] for a, b in pairwise(anchors))
    ats = [a[0] for a in anchors]
    places = []
    for i in range(len(found.text)):
        at, line, column = anchors[bisect_right(ats, i) - 1]
        assert line >= 1
        assert column >= 1
        places.append(starts[line - 1] + column - 1 + i - at)
    return places


def _check_places(source: str, found: Extracted) -> None:
    """Compare every character of the text with the one that stands at its place in the source."""
    places = _offsets(source, found)
    for block in found.blocks:
        for i in range(block.span.start, block.span.end):
            char, rest = found.text[i], source[places[i] : places[i] + 40]
            if char == "\n":
                assert rest[:1] in "\r\n" or rest[:3].lower() in ("<br", "</b"), (i, rest)
            elif char == " ":
                assert rest[0].isspace() or html.unescape(rest)[0].isspace(), (i, rest)
            elif char in "“”‘’" and rest[:1] in ("<", ""):
                assert char in "”’" or rest.startswith("<q"), (i, rest)
            elif rest[0] == "&" and char != "&":
                assert char in html.unescape(rest)[:2], (i, char, rest)
            else:
                assert rest[0] == char, (i, char, rest)


WORDS = [
    ("слово", "слово"), ("ї", "ї"), ("word two", "wordtwo"), ("a\r\n b", "ab"), ("а\rб", "аб"), ("\n", ""), (" ", ""),
    ("а&nbsp;б", "аб"), ("&laquo;а", "«а"), ("&#1111;", "ї"), ("&amp;a", "&a"), ("a&b", "a&b"), ("а\u00ad", "а"),
    ("&shy;б", "б"), ("&#x1F600;а", "\U0001f600а"), ("\U0001f600x", "\U0001f600x"), ("1 < 2", "1<2"), ("&fjlig;", "fj"),
    ("&ltx", "<x"), ("<![CDATA[нет]]>", ""), ("<!-- а\nб -->", ""), ("<script>\nx</script>", ""), ("\t", ""),
]  # fmt: skip
TAGS = [
    f"<{slash}{tag}{attribute}>"
    for tag in ("p", "div", "b", "span", "q", "br", "li", "ul", "td", "tr", "table", "blockquote", "h2", "pre", "a")
    for slash in ("", "/")
    for attribute in ("", " title='a>\nb'")
]
FRAGMENTS = st.one_of(st.sampled_from(WORDS), st.sampled_from([(tag, "") for tag in TAGS]))


@settings(max_examples=300, deadline=None)
@given(st.lists(FRAGMENTS, max_size=30))
def test_every_character_leads_back_to_its_place(fragments: list[tuple[str, str]]) -> None:
    source = "<article>" + "".join(f for f, _ in fragments)
    found = read_html(source)
    _check_places(source, found)
    shown = "".join(c for c in found.text if not c.isspace() and c not in "“”‘’")
    assert shown == "".join(text for _, text in fragments)
    assert "\n\n\n" not in found.text
    assert all(b.span.of(found.text).strip() == b.span.of(found.text) for b in found.blocks)
    assert "\n\n".join(b.span.of(found.text) for b in found.blocks) == found.text


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet="<>/!-?[]'\"=&;# aбp1x\n\r", max_size=60))
def test_any_text_is_read(source: str) -> None:
    _check_places(source, read_html(source))


NASTY = [
    "<div>", "<p>", "<b>", "<q>x", "<!--", "<![CDATA[", "<a ", "<a x='", '<a x="><a " y', "<?", "<", "&", "</p>",
    "<br>", "<td>", "<table><td>", "<title>", "<svg>", "<iframe/>", "<h1>x", "<header>", "<blockquote><footer>x",
    "<article>", "<div id=x>x</p>", "<a href=x>x", "<form>", "<li>x", "<ul><li>", "<span class=ad>", "<pre>\n\n",
    "&#x", "<main>x",
]  # fmt: skip


@pytest.mark.parametrize("piece", NASTY)
def test_time_grows_with_the_page_and_no_faster(piece: str) -> None:
    def seconds(count: int) -> float:
        page = "<p>Так</p>" + piece * count
        begun = time.process_time()
        read_html(page)
        return time.process_time() - begun

    small = min(seconds(1_000) for _ in range(3))
    assert min(seconds(10_000) for _ in range(2)) < 40 * small + 0.2


@pytest.mark.parametrize(
    "page",
    [
        "<div>" * 100_000 + "Так" + "</div>" * 100_000,
        "<p><table><td>" + "<div>" * 1000 + "</p>" * 100_000 + "Так",
        "<p>Так<a " + "x=1 " * 200_000 + ">",
        "<p " + 'class="' + "aB-" * 200_000 + '">Так',
        "<p style='display" + " " * 500_000 + "'>Так",
        "<p>Так&#" + "0" * 500_000 + ";",
        "<p>Так&#" + "9" * 500_000 + ";",
    ],
    ids=["deep", "closing", "attributes", "class", "style", "zeros", "digits"],
)
def test_hostile_pages_are_read_in_time(page: str) -> None:
    begun = time.process_time()
    assert read_html(page).text.startswith("Так")
    assert time.process_time() - begun < 10


@pytest.mark.slow
def test_a_large_page_is_read_in_time() -> None:
    script = "<script>" + "var x = {'a': \"<p>\"};\n" * 60 + "</script>"
    text = f"{LONG}<b>{SHORT}</b>\n<a href=/x>{SHORT}</a>&laquo;{LONG}&raquo;"
    row = f"<div class=row><p class=text>{text}</p>{script}</div>\n"
    page = "<article>" + row * (5_000_000 // len(row))
    begun = time.process_time()
    assert len(read_html(page).blocks) > 2000
    assert time.process_time() - begun < 5


def test_the_builder_trims_and_anchors() -> None:
    builder = Builder()
    builder.add("", 1, 1)
    builder.add(" \t", 1, 1)
    builder.end_block()
    builder.add("  Так ", 2, 1)
    builder.add("і ", 2, 7)
    builder.add("\n", 2, 9)
    builder.add(" ні", 3, 1)
    builder.add(" ", 3, 4)
    builder.end_block("cue", "Іван")
    builder.add("Ще", 3, 6)
    found = builder.extracted("paragraph", "uk")
    assert found.text == "Так і \n ні\n\nЩе"
    assert [(b.kind, b.speaker, b.span.of(found.text)) for b in found.blocks] == [
        ("cue", "Іван", "Так і \n ні"), ("paragraph", "", "Ще")
    ]  # fmt: skip
    assert found.source.anchors == ((0, 2, 3), (7, 3, 1))
    assert (found.source.unit, found.lang) == ("paragraph", "uk")
    assert Builder().extracted("line").blocks == ()
