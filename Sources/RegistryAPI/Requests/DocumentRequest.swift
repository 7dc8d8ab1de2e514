public import ConfigModel

/// A request for one document's newest version.
public struct DocumentRequest: Sendable, Equatable {
    /// Which document.
    public var key: DocumentKey
    /// The ETag of the version that the caller has; the response is `notModified` while it is the newest.
    public var ifNoneMatch: String?
    /// Nothing older is a response.
    public var minimumVersion: Int64?
    /// The epoch that `minimumVersion` belongs to.
    public var epoch: Epoch?

    /// Puts a request together.
    ///
    /// - Parameters:
    ///   - key: which document.
    ///   - ifNoneMatch: the ETag of the version that the caller has.
    ///   - minimumVersion: the oldest version that is taken.
    ///   - epoch: the epoch that `minimumVersion` belongs to.
    public init(
        _ key: DocumentKey, ifNoneMatch: String? = nil, minimumVersion: Int64? = nil, epoch: Epoch? = nil
    ) {
        self.key = key
        self.ifNoneMatch = ifNoneMatch
        self.minimumVersion = minimumVersion
        self.epoch = epoch
    }
}

extension DocumentRequest {
    private static let fields = ["service_name", "environment", "if_none_match", "min_version", "epoch"]

    /// Reads one of the documents of a batch.
    ///
    /// - Throws: `JSONFieldError` and `InvalidName`.
    init(_ object: JSONObject) throws {
        try object.refuseFields(otherThan: Self.fields)
        key = try DocumentKey(
            service: object.string("service_name"),
            environment: object.optionalString("environment") ?? DocumentKey.defaultEnvironment)
        minimumVersion = try object.optionalInt64("min_version")
        if let minimumVersion, minimumVersion < 1 {
            throw JSONFieldError(field: "min_version", problem: .invalid("it must be an integer from 1."))
        }
        epoch = try object.optionalString("epoch").map { text in
            guard let epoch = Epoch(parsing: text) else {
                throw JSONFieldError(field: "epoch", problem: .invalid("it must be an epoch, <number>-<uuid>."))
            }
            return epoch
        }
        ifNoneMatch = try object.optionalString("if_none_match")
        if let ifNoneMatch, EntityTag(parsing: ifNoneMatch) == nil {
            throw JSONFieldError(
                field: "if_none_match", problem: .invalid("it must be an ETag of the registry, with its quotes."))
        }
    }

    /// Appends the document to a batch.
    func append(to list: inout JSONWriter) {
        list.object { document in
            document.member("service_name", key.service)
            document.member("environment", key.environment)
            document.member("if_none_match", ifNoneMatch)
            document.member("min_version", minimumVersion)
            document.member("epoch", epoch?.description)
        }
    }
}
