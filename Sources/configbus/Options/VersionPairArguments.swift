import ArgumentParser

/// Two versions that are compared.
struct VersionPairArguments: ParsableArguments {
    @Argument(help: "The old version.") var old: Int64?
    @Argument(help: "The new version.") var new: Int64?

    func validate() throws {
        try VersionArgument.check(old, "<old>")
        try VersionArgument.check(new, "<new>")
    }
}
