import ConfigModel
import ConfigRegistry
import Hummingbird

/// Which documents a client watches, and which versions it has.
struct WatchRequestParameters: Sendable {
    let filter: WatchFilter
    var known: [DocumentKey: Int64] = [:]

    init(_ request: Request) throws(Problem) {
        let query = try request.query(["service", "prefix", "environment"], repeatable: ["service"])
        var services: Set<String> = []
        for service in query.all("service") {
            do { services.insert(try NameRule.service.check(service)) } catch { throw Problem(error) }
        }
        filter = WatchFilter(
            services: services, prefix: try query.name("prefix", .service),
            environment: try query.name("environment", .environment))
    }

    /// Takes the field `known` of a body: an object from `service/environment` to the version that the watcher has.
    mutating func readKnown(_ body: [UInt8]) throws(Problem) {
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
}
