import ArgumentParser

/// The `--limit` flag of commands that show versions.
struct HistoryLimitOption: ParsableArguments {
    @Option(help: "At most this many versions.") var limit: Int = 20

    func validate() throws {
        guard (1...1000).contains(limit) else { throw ValidationError("--limit must be from 1 to 1000.") }
    }
}
