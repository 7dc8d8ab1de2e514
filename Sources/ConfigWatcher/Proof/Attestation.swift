import ConfigModel

/// What the registry said about a version before the event that brings its content was read.
struct Attestation: Sendable, Equatable {
    let facts: SignedFacts
    /// It is true of some moment after this one.
    let askedAt: Instant
}
