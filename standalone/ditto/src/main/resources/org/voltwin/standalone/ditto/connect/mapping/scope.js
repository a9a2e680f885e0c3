// What scripts of connections find, with the names Ditto's documentation gives it. Their own functions come after it.
var Ditto = (function () {
  function topic(namespace, name, group, channel, criterion, action) {
    return [namespace, name, group].concat(channel === 'none' ? [] : [channel]).concat([criterion, action]).join('/');
  }
  return {
    buildDittoProtocolMsg: function (namespace, name, group, channel, criterion, action, path, dittoHeaders, value,
        status, extra) {
      return {topic: topic(namespace, name, group, channel, criterion, action), path: path, headers: dittoHeaders,
        value: value, status: status, extra: extra};
    },
    buildExternalMsg: function (headers, textPayload, bytePayload, contentType) {
      return {headers: headers, textPayload: textPayload, bytePayload: bytePayload, contentType: contentType};
    },
    arrayBufferToString: function (buffer) {
      var bytes = new Uint8Array(buffer), text = '';
      for (var i = 0; i < bytes.length; i++) {
        text += String.fromCharCode(bytes[i]);
      }
      return text;
    },
    stringToArrayBuffer: function (text) {
      var buffer = new ArrayBuffer(text.length), bytes = new Uint8Array(buffer);
      for (var i = 0; i < text.length; i++) {
        bytes[i] = text.charCodeAt(i);
      }
      return buffer;
    },
    asByteBuffer: function () {
      throw new Error('bytebuffer.js is not here; use typed arrays.');
    }
  };
})();

function mapToDittoProtocolMsg(headers, textPayload, bytePayload, contentType) {
  if (contentType === 'application/vnd.eclipse.ditto+json') {
    return JSON.parse(textPayload);
  }
  return null;
}

function mapFromDittoProtocolMsg(namespace, name, group, channel, criterion, action, path, dittoHeaders, value, status,
    extra) {
  return Ditto.buildExternalMsg(dittoHeaders, JSON.stringify(Ditto.buildDittoProtocolMsg(namespace, name, group,
      channel, criterion, action, path, dittoHeaders, value, status, extra)), null,
      'application/vnd.eclipse.ditto+json');
}

// What takes much memory at one stroke, out of sight of the limits, takes no more than this.
(function (scope, limit) {
  function guard(length) {
    if (length > limit) {
      throw new RangeError('A script may not make anything that large.');
    }
  }
  ['repeat', 'padStart', 'padEnd'].forEach(function (name) {
    var original = String.prototype[name];
    String.prototype[name] = function (count, filler) {
      guard(name === 'repeat' ? count * String(this).length : count);
      return filler === undefined ? original.call(this, count) : original.call(this, count, filler);
    };
  });
  var Plain = ArrayBuffer;
  scope.ArrayBuffer = function (length) {
    guard(length);
    return new Plain(length);
  };
  scope.ArrayBuffer.prototype = Plain.prototype;
  scope.ArrayBuffer.isView = Plain.isView;
})(this, 1 << 20);

var __voltwin = (function () {
  var parse = JSON.parse, stringify = JSON.stringify;
  function all(result) {
    return result === null || result === undefined ? [] : Array.isArray(result) ? result : [result];
  }
  return {
    incoming: function (headers, text, bytes, contentType) {
      return stringify(all(mapToDittoProtocolMsg(parse(headers), text, bytes, contentType)));
    },
    outgoing: function (envelope) {
      var message = parse(envelope), parts = message.topic.split('/'), things = parts[2] === 'things';
      var at = things ? 4 : 3;
      var results = all(mapFromDittoProtocolMsg(parts[0], parts[1], parts[2], things ? parts[3] : 'none', parts[at],
          parts.slice(at + 1).join('/'), message.path, message.headers, message.value, message.status, message.extra));
      return stringify(results.map(function (result) {
        var bytes = result.bytePayload;
        return {headers: result.headers, contentType: result.contentType, textPayload: result.textPayload,
          bytePayload: bytes === null || bytes === undefined ? undefined
              : Array.prototype.slice.call(bytes.length === undefined ? new Uint8Array(bytes) : bytes)};
      }));
    }
  };
})();
