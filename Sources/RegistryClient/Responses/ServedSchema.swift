public import ConfigModel

/// A schema as the registry serves it, with the facts that prove it.
public struct ServedSchema: Sendable, Equatable {
    /// The service.
    public let service: String
    /// The version of the schema.
    public let version: Int64
    /// The schema, and what is checked with it; it has the hash that the registry named.
    public let document: SchemaDocument
    /// The hash of the whole record.
    public let recordHash: String
    /// The store's epoch, in which the version counts now.
    public let epoch: Epoch
    /// Names this version in `If-None-Match` and `If-Match`.
    public let etag: String
    /// What its signature is made over.
    public let signedFacts: SignedFacts
    /// The registry's signature, when it signs; not verified here.
    public let signature: RecordSignature?
}
