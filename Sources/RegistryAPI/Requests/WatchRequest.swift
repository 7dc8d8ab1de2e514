package import ConfigModel

/// `GET` or `POST /api/watch`: which documents are watched, and what the caller has of them.
package struct WatchRequest: Sendable, Equatable {
    /// Which documents.
    package let selection: WatchSelection
    /// The versions that the caller has; they count for the registry's present epoch.
    package private(set) var known: [DocumentKey: Int64]

    /// Puts a request together.
    package init(_ selection: WatchSelection, known: [DocumentKey: Int64] = [:]) {
        self.selection = selection
        self.known = known
    }

    /// Reads a query; nil when there is none.
    package init(query: String?) throws(Problem) {
        let query = try QueryParameters(
            query, known: [QueryName.service, QueryName.prefix, QueryName.environment],
            repeatable: [QueryName.service])
        var services: [String] = []
        for service in query.all(QueryName.service) {
            do { services.append(try NameRule.service.check(service)) } catch { throw Problem(error) }
        }
        selection = WatchSelection(
            services: services, prefix: try query.name(QueryName.prefix, .service),
            environment: try query.name(QueryName.environment, .environment))
        known = [:]
    }

    /// Reads the body of a `POST`: the field `known`, an object from `service/environment` to the version that the caller
    /// has.
    package mutating func readKnown(_ body: [UInt8]) throws(Problem) {
        let hint = "Send {\"known\": {\"service/environment\": version}}."
        let fields = try BodyFields(body, known: ["known"], maximumDepth: 2, hint: hint)
        guard let object = try fields.object("known") else {
            throw Problem(.invalidField, "The field known is missing. \(hint)").with("pointer", "/known")
        }
        for (text, value) in object {
            let key: DocumentKey
            do { key = try DocumentKey(parsing: text) } catch { throw Problem(error) }
            guard case .number(let number) = value, let version = number.int64, version >= 0 else {
                throw Problem(.invalidField, "The version of \(key) in known must be an integer from 0.")
                    .with("pointer", JSONPointer(tokens: ["known", text]).description)
            }
            known[key] = version
        }
    }

    /// The request as HTTP has it: a `POST` when the caller has anything.
    package var request: RegistryRequest {
        var request = RegistryRequest(
            path: APIPath.watch,
            query: selection.services.map { (QueryName.service, $0) } + [
                (QueryName.prefix, selection.prefix), (QueryName.environment, selection.environment),
            ],
            headers: [(.accept, "text/event-stream")])
        let sorted = known.sorted { $0.key < $1.key }
        guard !sorted.isEmpty else { return request }
        var body = JSONWriter()
        body.object { body in
            body.object("known") { known in
                for (key, version) in sorted { known.member("\(key)", version) }
            }
        }
        request.method = .post
        request.setJSON(body.bytes)
        return request
    }
}
