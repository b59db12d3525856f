import ArgumentParser

@main
struct ClusterCommand: ParsableCommand {}
