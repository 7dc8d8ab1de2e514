import ArgumentParser
import ConfigModel
import FoundationEssentials
import RegistryAPI

/// Why an import is made, by whom, and what it may pass.
struct ImportReasonOptions: ParsableArguments {
    @Option(name: [.short, .long], help: "Why the changes are made.")
    var comment: String = ""

    @Option(help: "Who makes them. (default: the login name)")
    var author: String?

    @Option(
        name: .customLong("override"),
        help: "Let a finding pass: blast-radius, secret:/db/password or schema; may be given several times.")
    var overrides: [String] = []

    func validate() throws {
        do { _ = try CheckOverrides(overrides) } catch { throw ValidationError("--override: \(error)") }
    }

    /// What is sent with every change.
    func options() throws -> WriteOptions {
        WriteOptions(
            comment: comment, createdBy: author ?? ProcessInfo.processInfo.userName,
            overrides: try CheckOverrides(overrides))
    }
}
