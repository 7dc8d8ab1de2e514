import ConfigModel
import ConfigRegistry
import RegistryAPI

/// What a `PATCH` does to a content.
struct PatchApplication: Sendable {
    private enum Form: Sendable {
        /// RFC 7396.
        case merge(JSONObject)
        /// RFC 6902.
        case operations(JSONPatch)
    }

    private let form: Form
    private let limits: ContentLimits
    private let bytes: Int

    /// Reads the body of a `PATCH`.
    init(_ body: [UInt8], _ type: RequestMediaType, limits: ContentLimits) throws(Problem) {
        try self.init(try DocumentPatch(body, type), bytes: body.count, limits: limits)
    }

    /// Reads a patch.
    ///
    /// - Parameter bytes: how large it is.
    init(_ patch: DocumentPatch, bytes: Int, limits: ContentLimits) throws(Problem) {
        switch patch {
        case .merge(let object): form = .merge(object)
        case .operations(let operations):
            do { form = .operations(try JSONPatch(json: .array(operations))) } catch {
                throw Problem(.invalidPatch, error.description)
            }
        }
        self.limits = limits
        self.bytes = bytes
    }

    /// The change that it makes, of whatever head the document has then.
    func operation(_ work: RequestWork) -> ChangeRequest.Operation {
        .revise { [self] head throws(RegistryError) in
            do {
                return try await work.run(bytes + head.content.bytes.count) { budget in
                    try apply(to: head, &budget)
                }
            } catch {
                throw RegistryError(patching: error)
            }
        }
    }

    /// The content that the patch makes of a version's.
    func apply(to head: VersionRecord, _ budget: inout WorkBudget) throws(RegistryError) -> Content {
        let place = "version \(head.version) of \(head.key)"
        let result: JSONValue
        do {
            let old = try head.content.object
            result =
                switch form {
                case .merge(let patch): .object(try MergePatch.merge(patch, into: old, budget: &budget))
                case .operations(let patch): try patch.apply(to: .object(old), limits: limits, budget: &budget)
                }
        } catch let error as JSONPatchError where error.limit != nil {
            throw .tooMuchWork("\(error) This is about \(place); nothing was changed.")
        } catch let limit as WorkLimit {
            throw RegistryError(limit, instead: "send a smaller patch, or the whole content. Nothing was changed.")
        } catch {
            throw .invalidPatch("\(error) This is about \(place); nothing was changed.")
        }
        guard case .object(let object) = result else {
            throw .invalidPatch("The patch makes \(result.kind) of \(place), but a document must be an object.")
        }
        do {
            return try Content(object, limits: limits)
        } catch {
            throw .tooLarge("\(error) The patch would make this of \(place).")
        }
    }
}

extension RegistryError {
    /// Why a patch made no content.
    fileprivate init(patching error: any Error) {
        switch error {
        case let error as RegistryError: self = error
        case let limit as WorkLimit:
            self.init(limit, instead: "send a smaller patch, or the whole content. Nothing was changed.")
        default: self = .unavailable("\(error)")
        }
    }
}
