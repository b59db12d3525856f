import ArgumentParser

@main
struct NormalizeCommand: ParsableCommand {}
