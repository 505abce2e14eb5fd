"""A formula is one piece of text in its sentence, whatever draws it."""

import pytest

from reader.extract import extract_content

KATEX = (
    "<span class='katex'><span class='katex-mathml'><math><semantics><mi>g</mi>"
    "<annotation encoding='application/x-tex'>g=9.8</annotation></semantics></math></span>"
    "<span class='katex-html' aria-hidden='true'>g=9.8</span></span>"
)


def markdown(markup: str) -> str:
    return extract_content(markup, "https://marsh.example/tides").markdown


@pytest.mark.parametrize(
    ("formula", "written"),
    [
        (KATEX, "`g=9.8`"),
        ("<span class=katex><span class=katex-html aria-hidden=true>g=9</span></span>", "g=9"),
        ("<math alttext='{\\displaystyle h_{0}}'><mi>h</mi></math>", "`h_{0}`"),
        ("<math><mi>F</mi><mo>=</mo><mi>m</mi><mi>g</mi></math>", "F=mg"),
        ("<math><mfrac><mrow><mi>a</mi><mo>+</mo><mn>1</mn></mrow><mi>b</mi></mfrac></math>", "(a+1)/b"),
        ("<math><msup><mi>x</mi><mn>2</mn></msup><msub><mi>y</mi><mi>i</mi></msub></math>", "x²y_i"),
        ("<math><msubsup><mi>x</mi><mn>1</mn><mn>2</mn></msubsup></math>", "x₁²"),
        ("<math><msqrt><mi>a</mi><mi>b</mi></msqrt><mroot><mi>c</mi><mn>3</mn></mroot></math>", "√ab³√c"),
        ("<math><mtable><mtr><mtd><mi>a</mi></mtd><mtd><mi>b</mi></mtd></mtr></mtable></math>", "a, b"),
        ("<mml:math><mml:mi>q</mml:mi></mml:math>", "q"),
        ("<script type='math/tex'>F=ma</script>", "`F=ma`"),
        (
            "<span class=MathJax_Preview>F</span><span class=MathJax>F</span><script type='math/tex'>F=ma</script>",
            "`F=ma`",
        ),
        (
            "<mjx-container><svg></svg><mjx-assistive-mml><math><mi>q</mi></math></mjx-assistive-mml></mjx-container>",
            "q",
        ),
        (
            (
                "<span class='mwe-math-element'><span class='mwe-math-mathml-inline' style='display: none'>"
                "<math alttext='a^{2}'><mi>a</mi></math></span><img class='mwe-math-fallback-image-inline' alt='a^{2}' "
                "src='/a.svg'></span>"
            ),
            "`a^{2}`",
        ),
        ("<img class='latex' alt='x^2' src='/latex.php?latex=x'>", "`x^2`"),
        ("<d-math>W_e</d-math>", "`W_e`"),
    ],
)
def test_a_formula_stays_in_its_sentence(formula: str, written: str) -> None:
    assert markdown(f"<p>The tide {formula} rises.</p>") == f"The tide {written} rises."


@pytest.mark.parametrize(
    "formula",
    [
        "<math display='block' alttext='F=ma'><mi>F</mi></math>",
        "<script type='math/tex; mode=display'>F=ma</script>",
        "<d-math block>F=ma</d-math>",
        (
            "<span class='katex-display'><span class='katex'><span class='katex-mathml'><math><semantics><mi>F</mi>"
            "<annotation encoding='application/x-tex'>F=ma</annotation></semantics></math></span></span></span>"
        ),
    ],
)
def test_a_formula_of_its_own_line_is_a_paragraph(formula: str) -> None:
    assert markdown(f"<p>We have</p><p>so{formula}as said.</p>") == "We have\n\nso\n\n`F=ma`\n\nas said."


def test_what_is_no_formula_stays_what_it_is() -> None:
    assert markdown("<p>One</p><script>var a = 1</script><img src='/p/latex-gloves.jpg' alt='Gloves'>") == (
        "One\n\n![Gloves](https://marsh.example/p/latex-gloves.jpg)"
    )


def test_a_formula_without_text_leaves_the_sentence_whole() -> None:
    assert markdown("<p>The tide <math></math> rises.</p>") == "The tide rises."


@pytest.mark.parametrize(
    ("formula", "written"),
    [
        ("<span class='math inline'>\\(h^2\\)</span>", "`h^2`"),
        ("<span class=ql-formula data-value='h^3'></span>", "`h^3`"),
        ("<img src='https://latex.codecogs.com/svg.image?h%5E4'>", "`h^4`"),
        ("<img src='https://latex.codecogs.com/svg.image?x' title='h^5'>", "`h^5`"),
        ("<math><mi>sin</mi><mi>x</mi></math>", "sin x"),
        ("<math><mi>x</mi><mtext> if </mtext><mi>y</mi></math>", "x if y"),
        ("<math><mi>f</mi><mfenced><mi>x</mi><mi>y</mi></mfenced></math>", "f(x, y)"),
        ("<math><mover><mi>x</mi><mo>^</mo></mover></math>", "x\u0302"),
        (
            "<math><mmultiscripts><mi>U</mi><mn>2</mn><none/><mprescripts/><none/><mn>23</mn></mmultiscripts></math>",
            "²³U₂",
        ),
        ("<math><mmultiscripts><mi>R</mi><mi>q</mi><none/><none/><mi>J</mi></mmultiscripts></math>", "R_q^J"),
        ("<span class=math>not a formula</span>", "not a formula"),
    ],
)
def test_a_formula_is_read_from_wherever_it_is_written(formula: str, written: str) -> None:
    assert markdown(f"<p>So {formula} holds.</p>") == f"So {written} holds."
