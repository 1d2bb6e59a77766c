import { expect, test } from 'vitest'
import { clientFinal, clientFirst, readChallenge } from '../hidden/08-file-server/stages/scram.ts'

test('the hidden tests of the file server speak SCRAM-SHA-256 as the example in RFC 7677 does', () => {
  const first = clientFirst('user', 'rOprNGfwEbeRWgbNEkqO')
  const challenge =
    'r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096'
  expect(first).toBe('n,,n=user,r=rOprNGfwEbeRWgbNEkqO')
  expect(clientFinal('pencil', first, challenge)).toEqual({
    message:
      'c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=',
    verifier: 'v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=',
  })
  expect(readChallenge(challenge).iterations).toBe(4096)
})

test('a comma and an equals sign in a name are written =2C and =3D', () => {
  expect(clientFirst('a=2C,b', 'x')).toBe('n,,n=a=3D2C=2Cb,r=x')
})
