/// What a validator says about a value.
public struct Validation: Sendable, Equatable {
    /// Reasons to refuse it.
    public var errors: [String]
    /// Things to report without refusing.
    public var warnings: [String]

    /// Puts errors and warnings together.
    public init(errors: [String] = [], warnings: [String] = []) {
        self.errors = errors
        self.warnings = warnings
    }

    /// Nothing to say.
    public static let valid = Validation()

    /// Refuses, with the reasons.
    public static func invalid(_ errors: String...) -> Validation { Validation(errors: errors) }

    /// Accepts, with remarks.
    public static func warning(_ warnings: String...) -> Validation { Validation(warnings: warnings) }
}
