"""Easy paragraphs are read without the library's parser, and must hold the tokens that it would make of them."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it.parser_inline import ParserInline

from gazepress.stages.parse import markdown
from gazepress.stages.parse.easy import easy_tokens

PARSER = markdown._parser()

PIECES = (
    "word Word і é 5 _ * ** __ *** ` ~ ~~ < > & &amp; &x &#1; ! [ ] ( ) { {.c} \\ <b> <!-- [a](b) [a](b 'c') [a](<b>) "
    "[a](b_c*d*) [é ~ &](/x/#y) ](x) [ref] [^1] [^1](x) [[w]] ![p](q) *a* **b** _c_ __d__ *a* **b?** *„q“* "
    ". , ; : ? \" ' „ “ ” « » — – - … \xa0 \x85 \u2028 € ^ $ | / http://a.example"
).split(" ")
contents = st.lists(st.sampled_from([*PIECES, " ", " ", "  ", "\n", "\n", "\t", "\\\n"]), max_size=14).map("".join)


@given(contents)
@example("**a** b **c**\n**d**")
@example("*a* *b*_c_")
@example("**bold *both* bold**")
@example("*a**b*")
@example("*a.*b")
@example('"*a*"')
@example("[a](b){.c}")
@example("a \nb")
@example("a\n b")
def test_an_easy_paragraph_holds_the_tokens_of_the_parser(content):
    found = easy_tokens(content)
    assert found is None or as_dicts(found) == as_dicts(parsed(content))


@pytest.mark.parametrize(
    "content",
    [
        "",
        "Words, “quotes” & signs! ~50 km, 3 < 4.",
        "Some *words* stand **out**, _these_ too; __and these.__",
        "**What is difficult about it?**",
        "„*Здоров’я* — *понад усе*“",
        "See [the report](https://a.example/b_c?d=1#e), [sic](x.md).",
        "One line\nand another.",
    ],
)
def test_what_newsrooms_write_most_is_easy(content):
    assert easy_tokens(content) is not None


def parsed(content):
    env = {"references": {"REF": {"href": "r.md", "title": ""}}, "footnotes": {"refs": {":1": -1}, "list": {}}}
    return ParserInline.parse(PARSER.inline, content, PARSER, env, [])


def as_dicts(tokens):
    return [token.as_dict() for token in tokens]
