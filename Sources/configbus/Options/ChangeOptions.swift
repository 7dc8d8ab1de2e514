import ArgumentParser
import ConfigModel
import FoundationEssentials
import RegistryAPI
import RegistryClient

/// Why a change is made and by whom.
struct ReasonOptions: ParsableArguments {
    @Option(name: [.short, .long], help: "Why the change is made.")
    var comment: String = ""

    @Option(help: "Who makes it. (default: the login name)")
    var author: String?

    @Option(help: "Makes a repetition of this command the same version ([A-Za-z0-9._:-]{1,64}).")
    var idempotencyKey: String?

    /// What is sent with the change.
    func options(expected: ExpectedVersion? = nil, _ overrides: CheckOverrides = .none) -> WriteOptions {
        WriteOptions(
            comment: comment, createdBy: author ?? ProcessInfo.processInfo.userName, expected: expected,
            changeID: idempotencyKey, overrides: overrides)
    }
}

/// Why a change of documents is made, by whom, and what it may pass.
struct ChangeReasonOptions: ParsableArguments {
    @OptionGroup private var given: ReasonOptions

    @Option(
        name: .customLong("override"),
        help: "Let a finding pass: blast-radius, secret:/db/password or schema; may be given several times.")
    var overrides: [String] = []

    func validate() throws {
        do { _ = try checkOverrides } catch { throw ValidationError("--override: \(error)") }
    }

    var comment: String {
        get { given.comment }
        set { given.comment = newValue }
    }

    var author: String? {
        get { given.author }
        set { given.author = newValue }
    }

    var idempotencyKey: String? { given.idempotencyKey }

    /// The findings that are let pass.
    var checkOverrides: CheckOverrides {
        get throws { try CheckOverrides(overrides) }
    }

    /// - Parameter expected: the state that the document must be in.
    func options(expected: ExpectedVersion? = nil) throws -> WriteOptions {
        given.options(expected: expected, try checkOverrides)
    }
}

/// The `--expected-version` flag.
struct ExpectationOptions: ParsableArguments {
    @Option(help: "Refuse the change unless the newest version is this one.")
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

    /// As it is sent.
    var expected: ExpectedVersion? { expectedVersion.map { .version($0) } }
}

/// What goes with every change of one document.
struct ChangeOptions: ParsableArguments {
    @OptionGroup var reason: ChangeReasonOptions
    @OptionGroup private var expectation: ExpectationOptions

    var expectedVersion: Int64? {
        get { expectation.expectedVersion }
        set { expectation.expectedVersion = newValue }
    }

    /// True when a document at this version may be changed.
    func expects(_ version: Int64) -> Bool { expectation.expects(version) }

    /// What is sent with the change.
    func options(expected: ExpectedVersion? = nil) throws -> WriteOptions {
        try reason.options(expected: expectation.expected ?? expected)
    }
}
