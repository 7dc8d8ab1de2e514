import ConfigModel
import ConfigRegistry

/// The documents that somebody asks for together.
struct BatchRequest: Sendable {
    static let largest = 256
    private static let hint = #"Send {"documents": [{"service_name": "parsing", "environment": "prod"}]}."#

    /// One of them.
    struct Item: Sendable {
        let request: HeadRequest
        /// The version that the reader has.
        let etag: String?
    }

    let items: [Item]

    /// Reads a body.
    ///
    /// - Parameter isFresh: whether the store must be asked.
    init(_ body: [UInt8], isFresh: Bool) throws(Problem) {
        let fields = try BodyFields(body, known: ["documents"], maximumDepth: 3, hint: Self.hint)
        guard case .array(let documents)? = fields["documents"], !documents.isEmpty, documents.count <= Self.largest
        else {
            throw Problem(
                .invalidField, "The field documents must be an array of 1 to \(Self.largest) objects. \(Self.hint)"
            ).with("pointer", "/documents")
        }
        var items: [Item] = []
        for (index, document) in documents.enumerated() {
            let place = ["documents", String(index)]
            guard case .object(let object) = document else {
                throw Problem(.invalidField, "A document must be an object, not \(document.kind). \(Self.hint)")
                    .with("pointer", JSONPointer(tokens: place).description)
            }
            do {
                items.append(try Item(object, isFresh: isFresh))
            } catch let error as JSONFieldError {
                throw Problem(error, in: place, hint: Self.hint)
            } catch let error as InvalidName {
                throw Problem(error).with("pointer", JSONPointer(tokens: place).description)
            } catch {
                throw Problem(.invalidField, "\(error)")
            }
        }
        self.items = items
    }
}

extension BatchRequest.Item {
    private static let fields = ["service_name", "environment", "if_none_match", "min_version", "epoch"]

    fileprivate init(_ object: JSONObject, isFresh: Bool) throws {
        try object.refuseFields(otherThan: Self.fields)
        let key = try DocumentKey(
            service: object.string("service_name"),
            environment: object.optionalString("environment") ?? DocumentKey.defaultEnvironment)
        let minimum = try object.optionalInt64("min_version")
        if let minimum, minimum < 1 {
            throw JSONFieldError(field: "min_version", problem: .invalid("it must be an integer from 1."))
        }
        let epoch = try object.optionalString("epoch").map { text in
            guard let epoch = Epoch(parsing: text) else {
                throw JSONFieldError(field: "epoch", problem: .invalid("it must be an epoch, <number>-<uuid>."))
            }
            return epoch
        }
        let etag = try object.optionalString("if_none_match")
        if let etag, EntityTag(parsing: etag) == nil {
            throw JSONFieldError(
                field: "if_none_match", problem: .invalid("it must be an ETag of the registry, with its quotes."))
        }
        request = HeadRequest(key, HeadOptions(minimumVersion: minimum, epoch: epoch, isFresh: isFresh))
        self.etag = etag
    }
}
