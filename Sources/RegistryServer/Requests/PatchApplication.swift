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
        switch try DocumentPatch(body, type) {
        case .merge(let object): form = .merge(object)
        case .operations(let operations):
            do { form = .operations(try JSONPatch(json: .array(operations))) } catch {
                throw Problem(.invalidPatch, error.description)
            }
        }
        self.limits = limits
        bytes = body.count
    }

    /// How large the patch and what it is applied to are together.
    func bytes(with head: VersionRecord) -> Int { bytes + head.content.bytes.count }

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
            throw .invalid("\(error) This is about \(place); nothing was changed.")
        }
        guard case .object(let object) = result else {
            throw .invalid("The patch makes \(result.kind) of \(place), but a document must be an object.")
        }
        do {
            return try Content(object, limits: limits)
        } catch {
            throw .tooLarge("\(error) The patch would make this of \(place).")
        }
    }
}
