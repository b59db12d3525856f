import ArgumentParser

@main
struct SimnetCommand: ParsableCommand {}
