import ArgumentParser

@main
struct ScoreCommand: ParsableCommand {}
