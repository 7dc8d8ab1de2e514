import ArgumentParser

/// The `--force` flag of commands that publish content.
struct ForceOption: ParsableArguments {
    @Flag(name: .customLong("force"), help: "Make a version even when the document has this content already.")
    var isForced = false
}
