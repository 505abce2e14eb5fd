"""The command that teaches a shell the commands: completion."""

import click

_INSTALL = {
    "bash": 'eval "$(newsstand completion bash)"   in ~/.bashrc',
    "zsh": 'eval "$(newsstand completion zsh)"   in ~/.zshrc, after compinit',
    "fish": "newsstand completion fish > ~/.config/fish/completions/newsstand.fish",
}


@click.command(
    "completion", epilog="\b\nTo have it in every shell:\n" + "\n".join(f"  {line}" for line in _INSTALL.values())
)
@click.argument("shell", type=click.Choice(tuple(_INSTALL)))
def completion_command(shell: str) -> None:
    """Print what teaches a shell the commands, options, sources and papers of the catalogue."""
    from click.shell_completion import get_completion_class

    from reader.cli import newsstand

    found = get_completion_class(shell)
    assert found is not None  # noqa: S101  # click has all three
    click.echo(f"# {_INSTALL[shell]}")
    click.echo(found(newsstand, {}, "newsstand", "_NEWSSTAND_COMPLETE").source())
