import ArgumentParser

@main
struct PublishCommand: ParsableCommand {}
