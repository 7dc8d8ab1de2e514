import AsyncSupport
import ConfigModel

/// Puts secrets in the place of the references to them: objects whose one member is `$secret`.
struct SecretReferences: Sendable {
    static let member = "$secret"
    /// More would be a way to use up the memory of everything that follows the document.
    static let largestCount = 1_000
    static let largestSecret = 64 << 10
    static let largestTotal = 1 << 20
    /// How many failures a reason names.
    private static let namedFailures = 20

    private let resolvers: [String: any SecretResolver]
    /// How long all of them may take.
    private let limit: Duration

    init(_ resolvers: [String: any SecretResolver], limit: Duration = .seconds(5)) {
        self.resolvers = resolvers
        self.limit = limit
    }

    /// nil when references stay as they are.
    init?(_ options: WatcherOptions) {
        guard !options.keepsSecretReferences else { return nil }
        self.init(options.secrets, limit: options.validationTimeout)
    }

    /// The document with its secrets; as it is when it names none.
    ///
    /// - Throws: `InvalidContent` that names the place of each reference that cannot be resolved, `SecretsAway` when each of
    ///   them may be later.
    func resolve(_ input: DecoderInput) async throws -> DecoderInput {
        guard Self.mayName(input.decoded.bytes) else { return input }
        var found: [(pointer: JSONPointer, reference: JSONValue)] = []
        let object = JSONValue.object(input.object.value)
        Self.find(in: object, at: JSONPointer(), &found)
        guard !found.isEmpty else { return input }
        guard found[0].pointer != JSONPointer() else {
            throw InvalidContent(
                description: "The whole document is a reference to a secret; only values in it can be.")
        }
        guard found.count <= Self.largestCount else {
            throw InvalidContent(
                description: "It names \(found.count) secrets; at most \(Self.largestCount) are resolved.")
        }
        let secrets = try await resolve(found)
        var values = secrets.entries.map(\.value)[...]
        guard case .object(let resolved) = Self.replace(in: object, &values) else { return input }
        var input = input.replacing(resolved)
        input.secrets = secrets
        return input
    }

    /// Resolves references again; for each in its place the secret, or why there is none.
    func resolve(again secrets: ResolvedSecrets) async -> [Result<String, SecretError>] {
        await values(of: secrets.entries.map { .string($0.reference) })
    }

    private func resolve(_ found: [(pointer: JSONPointer, reference: JSONValue)]) async throws -> ResolvedSecrets {
        var secrets = ResolvedSecrets()
        var failures: [String] = []
        var isTransient = true
        var total = 0
        for (place, result) in zip(found, await values(of: found.map(\.reference))) {
            switch (result, place.reference) {
            case (.success(let value), .string(let reference)):
                total += value.utf8.count
                secrets.add(.init(pointer: place.pointer, reference: reference, value: value))
            case (.success, _): break
            case (.failure(let error), _):
                failures.append("\(place.pointer): \(error)")
                isTransient = isTransient && error.isTransient
            }
        }
        if !failures.isEmpty {
            let named = failures.prefix(Self.namedFailures).joined(separator: " ")
            let more = failures.count > Self.namedFailures ? " (\(failures.count) in all)" : ""
            let reason = "A secret cannot be resolved: \(named)\(more)"
            if isTransient { throw SecretsAway(description: reason) }
            throw InvalidContent(description: reason)
        }
        guard total <= Self.largestTotal else {
            throw InvalidContent(description: "Its secrets are \(total) bytes long; at most 1 MiB is resolved.")
        }
        return secrets
    }

    /// Each place is asked for once, however often it is named.
    private func values(of references: [JSONValue]) async -> [Result<String, SecretError>] {
        let end = ContinuousClock.now + limit
        var known: [JSONValue: Result<String, SecretError>] = [:]
        for reference in references where known[reference] == nil {
            known[reference] = await value(of: reference, before: end)
        }
        return references.map { known[$0] ?? .failure(SecretError("It was not asked for.")) }
    }

    private func value(of reference: JSONValue, before end: ContinuousClock.Instant) async -> Result<
        String, SecretError
    > {
        guard case .string(let text) = reference, let colon = text.utf8.firstIndex(of: UInt8(ascii: ":")) else {
            return .failure(SecretError("'\(Self.member)' must be a string of a scheme, a colon and a place."))
        }
        guard let resolver = resolvers[String(text[..<colon])] else {
            let schemes = resolvers.keys.sorted().map { "'\($0)'" }.joined(separator: ", ")
            return .failure(
                SecretError(
                    "There is no resolver for its scheme"
                        + (schemes.isEmpty ? "; set WatcherOptions.secrets." : ", only for \(schemes).")))
        }
        let place = String(text[text.utf8.index(after: colon)...])
        let call = Task { () -> Result<String, SecretError> in
            do {
                let value = try await resolver.secret(at: place)
                guard value.utf8.count <= Self.largestSecret else {
                    return .failure(SecretError("It is larger than 64 KiB."))
                }
                return .success(value)
            } catch {
                return .failure(error as? SecretError ?? SecretError("\(error)", isTransient: true))
            }
        }
        // A resolver that ignores its cancellation is left behind.
        defer { call.cancel() }
        return await call.value(within: max(.zero, end - .now))
            ?? .failure(SecretError("It was not found within \(limit.words).", isTransient: true))
    }
}

/// What keeps the secrets does not answer.
private struct SecretsAway: TransientFailure, CustomStringConvertible {
    let description: String
}

// MARK: - In documents

extension SecretReferences {
    /// False when there is certainly no reference: most documents have none, and are not looked through.
    private static func mayName(_ bytes: [UInt8]) -> Bool {
        let name = Array(member.utf8)
        var rest = bytes[...]
        while let start = rest.firstIndex(of: name[0]) {
            rest = rest[start...]
            if rest.starts(with: name) { return true }
            rest = rest.dropFirst()
        }
        return false
    }

    private static func find(
        in value: JSONValue, at pointer: JSONPointer, _ found: inout [(pointer: JSONPointer, reference: JSONValue)]
    ) {
        switch value {
        case .object(let object):
            if let reference = reference(object) { return found.append((pointer, reference)) }
            for (key, member) in object { find(in: member, at: pointer.appending(key), &found) }
        case .array(let elements):
            for (index, element) in elements.enumerated() {
                find(in: element, at: pointer.appending("\(index)"), &found)
            }
        case .null, .bool, .number, .string: break
        }
    }

    /// The same value with the next of the secrets in the place of each reference, in the order in which they were found.
    private static func replace(in value: JSONValue, _ secrets: inout ArraySlice<String>) -> JSONValue {
        switch value {
        case .object(var object):
            if reference(object) != nil { return .string(secrets.popFirst() ?? "") }
            for (key, member) in object where member.isContainer { object[key] = replace(in: member, &secrets) }
            return .object(object)
        case .array(let elements): return .array(elements.map { replace(in: $0, &secrets) })
        case .null, .bool, .number, .string: return value
        }
    }

    private static func reference(_ object: JSONObject) -> JSONValue? { object.count == 1 ? object[member] : nil }
}

extension JSONValue {
    fileprivate var isContainer: Bool {
        switch self {
        case .object, .array: true
        case .null, .bool, .number, .string: false
        }
    }
}
