import ArgumentParser
import FoundationEssentials
import RegistryAPI
import RegistryClient

/// What goes with every change.
struct ChangeOptions: ParsableArguments {
    @Option(name: [.short, .long], help: "Why the change is made.")
    var comment: String = ""

    @Option(help: "Who makes it. (default: the login name)")
    var author: String?

    @Option(help: "Refuse the change unless the document is at this version.")
    var expectedVersion: Int64?

    @Option(help: "Makes a repetition of this command the same version ([A-Za-z0-9._:-]{1,64}).")
    var idempotencyKey: String?

    func validate() throws {
        guard expectedVersion.map({ $0 >= 1 }) ?? true else {
            throw ValidationError(
                "--expected-version is a version from 1; 'configbus publish --create' makes a document only if there is none."
            )
        }
    }

    /// True when a document at this version may be changed.
    func expects(_ version: Int64) -> Bool { expectedVersion == nil || expectedVersion == version }

    func options(expected: ExpectedVersion? = nil) -> WriteOptions {
        WriteOptions(
            comment: comment, createdBy: author ?? ProcessInfo.processInfo.userName,
            expected: expectedVersion.map { .version($0) } ?? expected, changeID: idempotencyKey)
    }
}
