import ConfigModel
import FoundationEssentials
import WatcherCore

/// Makes a watcher's value from a document.
struct ConfigDecoder<Value: Sendable>: Sendable {
    let decode: @Sendable (DecoderInput) throws -> Value
    /// False when it takes no code of the application, so that it ends for certain.
    var runsApplicationCode = true
}

/// What there is to make a value from.
struct DecoderInput: Sendable {
    let key: DocumentKey
    let layers: DocumentLayers
    /// As it was published: what is hashed, cached and reported.
    let content: Content
    /// What readers see.
    let object: LazyObject
    /// What is decoded: the content, or what was made of it.
    let decoded: Content
    /// What was put in the place of references.
    var secrets = ResolvedSecrets()

    init(
        key: DocumentKey, layers: DocumentLayers, content: Content, object: LazyObject, decoded: Content? = nil
    ) {
        self.key = key
        self.layers = layers
        self.content = content
        self.object = object
        self.decoded = decoded ?? content
    }

    /// The same document with other values in it. What was published stays what it is.
    func replacing(_ object: JSONObject) -> DecoderInput {
        let decoded = Content(object)
        return DecoderInput(
            key: key, layers: layers, content: content, object: LazyObject(decoded, object), decoded: decoded)
    }
}

extension ConfigDecoder where Value: Decodable {
    /// Decodes the content as JSON.
    static func json(_ keys: KeyDecoding) -> ConfigDecoder {
        ConfigDecoder { input in
            let decoder = JSONDecoder()
            if keys == .convertFromSnakeCase { decoder.keyDecodingStrategy = .convertFromSnakeCase }
            do {
                return try decoder.decode(Value.self, from: Data(input.decoded.bytes))
            } catch let error as DecodingError {
                let object = input.object.value
                let number = UnfitNumber(error, in: object) { Self.failure(of: decoder, about: $0) }
                throw number.map { UndecodableContent($0) } ?? UndecodableContent(error, in: object, keys)
            }
        }
    }

    private static func failure(of decoder: JSONDecoder, about object: JSONObject) -> DecodingError? {
        do {
            _ = try decoder.decode(Value.self, from: Data(Content(object).bytes))
            return nil
        } catch {
            return error as? DecodingError
        }
    }
}

extension ConfigDecoder where Value == ConfigDocument {
    /// Takes the content with the facts about it.
    static var document: ConfigDecoder {
        ConfigDecoder(decode: ConfigDocument.init, runsApplicationCode: false)
    }
}
