import ArgumentParser

@main
struct CollectCommand: ParsableCommand {}
