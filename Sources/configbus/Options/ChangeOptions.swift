import ArgumentParser
import ConfigModel
import FoundationEssentials
import RegistryAPI
import RegistryClient

/// Why a change is made, by whom, and what it may pass.
struct ChangeReasonOptions: ParsableArguments {
    @Option(name: [.short, .long], help: "Why the change is made.")
    var comment: String = ""

    @Option(help: "Who makes it. (default: the login name)")
    var author: String?

    @Option(
        name: .customLong("override"),
        help: "Let a finding pass, for example blast-radius or secret:/db/password; may be given several times.")
    var overrides: [String] = []

    @Option(help: "Makes a repetition of this command the same version ([A-Za-z0-9._:-]{1,64}).")
    var idempotencyKey: String?

    func validate() throws {
        do { _ = try checkOverrides } catch { throw ValidationError("--override: \(error)") }
    }

    /// The findings that are let pass.
    var checkOverrides: CheckOverrides {
        get throws { try CheckOverrides(overrides) }
    }

    /// - Parameter expected: the state that the document must be in.
    func options(expected: ExpectedVersion? = nil) throws -> WriteOptions {
        WriteOptions(
            comment: comment, createdBy: author ?? ProcessInfo.processInfo.userName, expected: expected,
            changeID: idempotencyKey, overrides: try checkOverrides)
    }
}

/// What goes with every change of one document.
struct ChangeOptions: ParsableArguments {
    @OptionGroup var reason: ChangeReasonOptions

    @Option(help: "Refuse the change unless the document is at this version.")
    var expectedVersion: Int64?

    func validate() throws {
        guard expectedVersion.map({ $0 >= 1 }) ?? true else {
            throw ValidationError(
                "--expected-version is a version from 1; 'configbus publish --create' makes a document only if there is none."
            )
        }
    }

    /// True when a document at this version may be changed.
    func expects(_ version: Int64) -> Bool { expectedVersion == nil || expectedVersion == version }

    /// What is sent with the change.
    func options(expected: ExpectedVersion? = nil) throws -> WriteOptions {
        try reason.options(expected: expectedVersion.map { .version($0) } ?? expected)
    }
}
