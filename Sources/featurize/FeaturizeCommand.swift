import ArgumentParser

@main
struct FeaturizeCommand: ParsableCommand {}
