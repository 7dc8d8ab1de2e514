/// A server that sends to many connections what one of them writes.
enum Broadcaster {
    /// A registry with the document at `HTTPSuite.path`.
    case registry(port: Int)
    /// Redis, whose value is set and then published (https://redis.io/docs/latest/develop/reference/protocol-spec/).
    case redis(port: Int)

    /// Nothing that another server would have there.
    private static let redisKey = "configbus-benchmarks"

    var port: Int {
        switch self {
        case .registry(let port), .redis(let port): port
        }
    }

    var name: String {
        switch self {
        case .registry: "streams"
        case .redis: "subscribers of Redis"
        }
    }

    /// Subscribes.
    var subscription: [UInt8] {
        switch self {
        case .registry: HTTPConnection.request("/api/watch?service=parsing&environment=prod")
        case .redis: Array("SUBSCRIBE \(Self.redisKey)\r\n".utf8)
        }
    }

    /// What the server says when it has sent everything that was there before.
    var opening: String {
        switch self {
        case .registry: "event: synced"
        case .redis: ":1\r\n"
        }
    }

    /// How the line with the content begins, and how many more belong to the event.
    var event: (prefix: StaticString, linesAfter: Int) {
        switch self {
        case .registry: ("data: ", 1)
        case .redis: ("{", 0)
        }
    }

    func publication(of content: String) -> [UInt8] {
        switch self {
        case .registry:
            return HTTPConnection.write("PUT", content, to: HTTPSuite.path)
        case .redis:
            let key = Self.redisKey
            let value = "$\(key.utf8.count)\r\n\(key)\r\n$\(content.utf8.count)\r\n\(content)\r\n"
            return Array("*3\r\n$3\r\nSET\r\n\(value)*3\r\n$7\r\nPUBLISH\r\n\(value)".utf8)
        }
    }

    /// Reads what the server answers to a publication.
    func readAnswer(on connection: HTTPConnection) throws {
        switch self {
        case .registry: _ = try connection.answer()
        case .redis: try connection.read(until: ":")
        }
    }
}
