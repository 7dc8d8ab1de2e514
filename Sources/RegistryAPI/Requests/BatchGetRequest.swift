import ConfigModel

/// `POST /api/configs:batchGet`: the newest versions of some documents.
package struct BatchGetRequest: Sendable, Equatable {
    private static let hint = #"Send {"documents": [{"service_name": "parsing", "environment": "prod"}]}."#

    /// The documents, at most `APILimits.batch`.
    package let documents: [DocumentRequest]
    /// As the registry's store has them after the request came in; what it remembers may be a second old.
    package let isFresh: Bool

    /// Puts a request together.
    package init(_ documents: [DocumentRequest], isFresh: Bool = false) {
        self.documents = documents
        self.isFresh = isFresh
    }

    /// Reads a request.
    ///
    /// - Parameters:
    ///   - body: the body.
    ///   - cacheControl: the header.
    package init(_ body: [UInt8], cacheControl: String?) throws(Problem) {
        let fields = try BodyFields(body, known: ["documents"], maximumDepth: 3, hint: Self.hint)
        guard case .array(let entries)? = fields["documents"], !entries.isEmpty, entries.count <= APILimits.batch
        else {
            throw Problem(
                .invalidField, "The field documents must be an array of 1 to \(APILimits.batch) objects. \(Self.hint)"
            ).with("pointer", "/documents")
        }
        var documents: [DocumentRequest] = []
        for (index, entry) in entries.enumerated() {
            documents.append(try Self.document(entry, at: index))
        }
        self.documents = documents
        isFresh = CachePreference.refusesMemory(cacheControl)
    }

    private static func document(_ entry: JSONValue, at index: Int) throws(Problem) -> DocumentRequest {
        let place = ["documents", String(index)]
        guard case .object(let object) = entry else {
            throw Problem(.invalidField, "A document must be an object, not \(entry.kind). \(hint)")
                .with("pointer", JSONPointer(tokens: place).description)
        }
        do {
            return try DocumentRequest(object)
        } catch let error as JSONFieldError {
            throw Problem(error, in: place, hint: hint)
        } catch let error as InvalidName {
            throw Problem(error).with("pointer", JSONPointer(tokens: place).description)
        } catch {
            throw Problem(.invalidField, "\(error)")
        }
    }

    /// The request as HTTP has it.
    package var request: RegistryRequest {
        var writer = JSONWriter(capacity: 256 * documents.count)
        writer.object { body in
            body.array("documents") { list in
                for document in documents { document.append(to: &list) }
            }
        }
        var request = RegistryRequest(
            method: .post, path: APIPath.batchGet,
            headers: [(.cacheControl, isFresh ? CachePreference.noCache : nil)],
            maximumResponse: APILimits.listResponse)
        request.setJSON(writer.bytes)
        return request
    }
}
