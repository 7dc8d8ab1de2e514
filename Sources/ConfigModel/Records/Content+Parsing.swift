extension Content {
    /// Reads JSON, checks it and keeps its canonical form.
    ///
    /// Input that is canonical already is kept byte for byte.
    ///
    /// - Throws: `ContentError`, whose description is a sentence for people.
    public init(parsing bytes: [UInt8], limits: ContentLimits = .default) throws(ContentError) {
        let reading: JSONReader.Reading
        do {
            reading = try JSONReader.reading(bytes, limits: limits.input)
        } catch {
            switch error.reason {
            case .tooDeep(let limit): throw .tooDeep(limit: limit, pointer: error.pointer)
            case .tooLong: throw .tooLarge(limit: limits.maximumBytes)
            default: throw .invalidJSON(error)
            }
        }
        guard case .object(let object) = reading.value else { throw .notAnObject(found: reading.value.kind) }
        let canonical = reading.isCanonical ? bytes : object.canonicalBytes
        guard canonical.count <= limits.maximumBytes else { throw .tooLarge(limit: limits.maximumBytes) }
        self.init(canonical: canonical, read: object)
    }

    /// Takes an object as it is; nothing is checked but what JSON itself demands.
    public init(_ object: JSONObject) { self.init(canonical: object.canonicalBytes) }

    /// Takes an object after checking its size and depth, which patches and merges can let grow.
    ///
    /// - Throws: `ContentError.tooLarge` or `ContentError.tooDeep`.
    public init(_ object: JSONObject, limits: ContentLimits) throws(ContentError) {
        guard JSONValue.object(object).isWithin(depth: limits.maximumDepth) else {
            throw .tooDeep(limit: limits.maximumDepth, pointer: "")
        }
        try self.init(canonical: object.canonicalBytes, read: object, limits: limits)
    }

    /// Takes the canonical bytes of an object whose depth was checked when it was read, after checking their size.
    ///
    /// - Throws: `ContentError.tooLarge`.
    package init(canonical: [UInt8], read object: JSONObject, limits: ContentLimits) throws(ContentError) {
        guard canonical.count <= limits.maximumBytes else { throw .tooLarge(limit: limits.maximumBytes) }
        self.init(canonical: canonical, read: object)
    }

    /// The content as a value; parsed at each call, but for the first one after it was made of a value or read from JSON.
    ///
    /// - Throws: `JSONError` when bytes that were said to be canonical are not JSON.
    public var object: JSONObject {
        get throws(JSONError) {
            if let object = reading?.take() { return object }
            let limits = JSONLimits(maximumBytes: bytes.count, maximumDepth: JSONLimits.depthCeiling)
            guard case .object(let object) = try JSONReader.read(bytes, limits: limits) else {
                throw JSONError(reason: .expected("an object"), line: 1, column: 1, pointer: "", offset: 0)
            }
            return object
        }
    }
}
