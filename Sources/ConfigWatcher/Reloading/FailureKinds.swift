package import ConfigModel

/// A failure whose cause passes by itself, such as a full disk: a version that a handler refused with it is tried again.
package protocol TransientFailure: Error {}

/// A failure that says what kind of rejection it makes.
package protocol ClassifiedFailure: Error {
    /// The kind.
    var kind: RejectionKind { get }
}
